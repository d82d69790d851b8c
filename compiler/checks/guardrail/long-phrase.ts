import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

const mostWords = 3;

export const guardrailLongPhrase: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    for (const [index, phrase] of (guardrail.spec.bedrock?.words.list ?? []).entries()) {
      const words = phrase.trim().split(/\s+/).length;
      if (words <= mostWords) continue;
      yield {
        code: 'guardrail/long-phrase',
        message: `a phrase of guardrail ${guardrail.name} has ${words} words, but Bedrock looks for up to ${mostWords} and only for the exact text`,
        at: at(guardrail, 'spec', 'bedrock', 'words', 'list', index),
        hint: 'shorten it, or write a pattern with a regex or a denied topic',
      };
    }
  }
};
