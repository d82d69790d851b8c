import { RE2JS } from 're2js';
import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { isAnchored } from './regex/anchors.ts';
import { outsideRust } from './regex/rust-regex.ts';

/** RE2 runs in linear time, so that a pattern cannot be used to stall this compiler or the gateway. */
export const guardrailRegex: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    const { mode, phases, patterns } = guardrail.spec;
    for (const [index, { name, regex, action }] of patterns.entries()) {
      if (regex === undefined) continue;
      const isScanned = phases.includes('request') && (mode === 'detect' || action === 'reject');
      const problem = problemOf(regex) ?? (isScanned && isAnchored(regex) ? anchored : undefined);
      if (problem === undefined) continue;
      yield {
        code: 'guardrail/regex',
        message: `the regex of pattern ${name} ${problem}`,
        at: at(guardrail, 'spec', 'patterns', index, 'regex'),
        hint: hintOf(problem),
      };
    }
  }
};

const anchored =
  'holds on to the edge of the text with ^ or $, but requests are read as a whole body: no message begins or ends it';

function hintOf(problem: string): string {
  if (problem.startsWith('matches')) return 'look for something in particular';
  if (problem === anchored) return 'write \\b in its place, or leave it out';
  if (problem.startsWith('has'))
    return 'write it in single quotes: in double quotes \\b is a backspace, and no word boundary';
  return 'what both RE2 and Rust understand: no look-around, no back-references';
}

/** Whoever matches each of these alone looks for nothing in particular. */
const anyCharacter: readonly string[] = ['a', 'Z', '7', ' ', '.'];

function problemOf(regex: string): string | undefined {
  try {
    const control = /[^\P{Cc}\t\n\r]/u.exec(regex)?.[0].charCodeAt(0);
    if (control !== undefined) {
      return `has the control character U+${control.toString(16).toUpperCase().padStart(4, '0')}, which no request contains`;
    }
    const compiled = RE2JS.compile(regex);
    if (compiled.matcher('').find()) return 'matches the empty text, and so every text';
    if (anyCharacter.every((text) => compiled.matcher(text).find())) return 'matches any character, and so every text';
    return outsideRust(regex);
  } catch (error) {
    return `is not valid: ${error instanceof Error ? error.message : String(error)}`;
  }
}
