import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const guardrailEmpty: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    const { patterns, bedrock, webhook } = guardrail.spec;
    if (patterns.length > 0 || bedrock !== undefined || webhook !== undefined) continue;
    yield {
      code: 'guardrail/empty',
      message: `guardrail ${guardrail.name} guards nothing: it has no patterns, no bedrock and no webhook`,
      at: atKey(guardrail, 'spec'),
      hint: 'add what it should look for',
    };
  }
};
