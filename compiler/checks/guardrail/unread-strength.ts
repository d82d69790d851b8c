import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

const phaseOf = { input: 'request', output: 'response' } as const;

/** Bedrock judges inputs where requests are guarded and outputs where answers are. */
export const guardrailUnreadStrength: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    const { phases, bedrock } = guardrail.spec;
    for (const side of ['input', 'output'] as const) {
      if (phases.includes(phaseOf[side])) continue;
      const filters = Object.entries(bedrock?.contentFilters ?? {}).filter(([, filter]) => filter[side] !== 'none');
      const [first] = filters;
      if (first === undefined) continue;
      yield {
        code: 'guardrail/unread-strength',
        message: `guardrail ${guardrail.name} gives ${filters.map(([name]) => name).join(', ')} a strength for ${side}, but does not have the ${phaseOf[side]} phase`,
        at: atKey(guardrail, 'spec', 'bedrock', 'contentFilters', first[0], side),
        hint: `add ${phaseOf[side]} to phases, or remove ${side}`,
      };
    }
  }
};
