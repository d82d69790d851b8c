import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** In detect mode patterns are no guards: they are read where the request is decided, and logged with it. */
export const guardrailDetectPhase: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    const { mode, phases, patterns } = guardrail.spec;
    if (mode !== 'detect' || patterns.length === 0 || phases.includes('request')) continue;
    yield {
      code: 'guardrail/detect-phase',
      message: `the patterns of guardrail ${guardrail.name} detect nothing: in detect mode the gateway reads them in requests only`,
      at: at(guardrail, 'spec', 'phases'),
      hint: 'add request to phases, or remove the patterns',
    };
  }
};
