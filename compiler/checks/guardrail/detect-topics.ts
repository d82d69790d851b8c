import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** Terraform's resource knows actions of filters, PII and words, but none of topics: Bedrock would block them. */
export const guardrailDetectTopics: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    const { mode, bedrock } = guardrail.spec;
    if (mode !== 'detect' || bedrock === undefined || bedrock.deniedTopics.length === 0) continue;
    yield {
      code: 'guardrail/detect-topics',
      message: `guardrail ${guardrail.name} only detects, but a denied topic can only be blocked: Terraform has no other action for it`,
      at: atKey(guardrail, 'spec', 'bedrock', 'deniedTopics'),
      hint: 'move the topics to a guardrail with mode: enforce',
    };
  }
};
