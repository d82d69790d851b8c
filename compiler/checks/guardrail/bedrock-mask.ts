import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** The gateway puts what Bedrock masked in place of the messages, as plain text; its own patterns mask in place. */
export const guardrailBedrockMask: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    const { mode, bedrock } = guardrail.spec;
    const masked = (bedrock?.pii ?? []).filter(({ action }) => action === 'mask').map(({ entity }) => entity);
    if (mode !== 'enforce' || masked.length === 0) continue;
    const index = bedrock?.pii.findIndex(({ action }) => action === 'mask') ?? 0;
    yield {
      code: 'guardrail/bedrock-mask',
      message: `guardrail ${guardrail.name} lets Bedrock mask ${masked.join(', ')}, which rebuilds all messages as plain text: tool calls, tool results and images go`,
      at: at(guardrail, 'spec', 'bedrock', 'pii', index, 'action'),
      hint: 'write action: block, or mask with a pattern: builtins know e-mail addresses, cards, phone and social security numbers',
    };
  }
};
