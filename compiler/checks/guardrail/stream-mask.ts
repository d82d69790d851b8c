import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** The gateway can cut a stream, not change it: what would be masked passes as it is. */
export const guardrailStreamMask: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    const { mode, phases, streaming, patterns, bedrock, webhook } = guardrail.spec;
    if (mode !== 'enforce' || !phases.includes('response') || streaming !== 'guard') continue;
    const masksOnly = patterns.length > 0 && patterns.every(({ action }) => action === 'mask');
    if (!masksOnly || bedrock !== undefined || webhook !== undefined) continue;
    yield {
      code: 'guardrail/stream-mask',
      message: `guardrail ${guardrail.name} guards no streamed answer: it only masks, and a stream can be cut but not masked`,
      at: at(guardrail, 'spec', 'patterns', 0, 'action'),
      hint: 'let a pattern reject, or write streaming: pass to say that streams pass',
    };
  }
};
