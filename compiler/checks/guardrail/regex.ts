import { RE2JS } from 're2js';
import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { outsideRust } from '../rust-regex.ts';

/** RE2 runs in linear time, so that a pattern cannot be used to stall this compiler or the gateway. */
export const guardrailRegex: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    for (const [index, { name, regex }] of guardrail.spec.patterns.entries()) {
      if (regex === undefined) continue;
      const problem = problemOf(regex);
      if (problem === undefined) continue;
      yield {
        code: 'guardrail/regex',
        message: `the regex of pattern ${name} ${problem}`,
        at: at(guardrail, 'spec', 'patterns', index, 'regex'),
        hint: problem.startsWith('matches')
          ? 'look for something in particular'
          : 'what both RE2 and Rust understand: no look-around, no back-references',
      };
    }
  }
};

/** Whoever matches each of these alone looks for nothing in particular. */
const anyCharacter: readonly string[] = ['a', 'Z', '7', ' ', '.'];

function problemOf(regex: string): string | undefined {
  try {
    const compiled = RE2JS.compile(regex);
    if (compiled.matcher('').find()) return 'matches the empty text, and so every text';
    if (anyCharacter.every((text) => compiled.matcher(text).find())) return 'matches any character, and so every text';
    return outsideRust(regex);
  } catch (error) {
    return `is not valid: ${error instanceof Error ? error.message : String(error)}`;
  }
}
