import { manyMatches, regexOf } from '../../resolve/patterns.ts';
import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { compiledBytes, largestRegex } from './regex-size/compiled-bytes.ts';

/** A regex that the gateway's engine finds too large stops the gateway. Masks are counted as well, many times over. */
export const guardrailRegexSize: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    const { patterns, mode, phases } = guardrail.spec;
    for (const [index, pattern] of patterns.entries()) {
      const regex = pattern.regex === undefined ? undefined : regexOf(pattern);
      if (regex === undefined) continue;
      const isCounted = pattern.action === 'mask' && mode === 'enforce' && phases.includes('request');
      const size = compiledBytes(isCounted ? manyMatches(regex) : regex);
      if (size <= largestRegex) continue;
      const why = isCounted ? ', for a mask is compiled once more to count its matches' : '';
      yield {
        code: 'guardrail/regex-size',
        message: `the regex of pattern ${pattern.name} takes the gateway about ${Math.round(size / 1_048_576)} MiB, more than the 10 that it allows${why}`,
        at: at(guardrail, 'spec', 'patterns', index, 'regex'),
        hint: 'repeat less, or write [A-Za-z0-9_] for \\w and [0-9] for \\d, which know all of Unicode',
      };
    }
  }
};
