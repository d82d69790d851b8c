import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const guardrailDetectWebhook: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    if (guardrail.spec.mode !== 'detect' || guardrail.spec.webhook === undefined) continue;
    yield {
      code: 'guardrail/detect-webhook',
      message: `guardrail ${guardrail.name} only detects, but the gateway does what a webhook answers: it cannot only log it`,
      at: atKey(guardrail, 'spec', 'webhook'),
      hint: 'let the webhook itself answer pass and log, in a guardrail with mode: enforce',
    };
  }
};
