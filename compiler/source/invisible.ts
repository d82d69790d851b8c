import { maxProblems } from './limits.ts';
import type { Span } from './marks.ts';
import type { Problem } from './problem.ts';

/**
 * What no reviewer sees or what changes the order in which text is shown (so that YAML says something else than it seems
 * to): everything that Unicode ignores by default, controls of direction, line separators that only some programs know.
 */
const hidden = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2028\u2029\uFFF9-\uFFFB]/gu;

/** Spaces that YAML takes for letters. */
const spaces = /(?! )\p{Zs}/gu;

/** Scripts whose words are written with joiners, as in Persian. */
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]$/u;

/** Emoji that are several characters (families, flags of regions, keycaps), and variants of Han characters. */
const composed =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?\u200D(?=\p{Extended_Pictographic})|[\p{Extended_Pictographic}\p{Script=Han}][\uFE0E\uFE0F]|[0-9#*]\uFE0F(?=\u20E3)|\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]+\u{E007F}|\p{Script=Han}[\u{E0100}-\u{E01EF}]/gu;

/** Where a space that is none changes what YAML reads: in the indentation, and beside what separates keys and values. */
const structure = {
  block: { before: /^\s*(?:[-?]\s+)*[-?]?\s*$|^[^:]*:\s*$/, after: /^\s*(?:$|#(?:\s|$))/ },
  flow: { before: /[,[{]\s*$|[,[{][^:,]*:\s*$/, after: /^\s*(?:$|:(?:\s|$)|[,\]}]|#(?:\s|$))/ },
} as const;

/** `text` is known to have letters outside ASCII: for nearly all files nothing of this runs. */
export function invisibleProblems(text: string): Problem[] {
  const problems: Problem[] = [];
  const allowed = composedOffsets(text);
  for (const { 0: letter, index } of text.matchAll(hidden)) {
    if (problems.length >= maxProblems) return problems;
    if (allowed.has(index) || joinsWords(text, letter, index)) continue;
    problems.push(problem(text, letter, index, 'is invisible, or shows text in another order than YAML reads it'));
  }
  // Both in the order of the text.
  const texts = blockTexts(text);
  let next = 0;
  for (const { 0: letter, index } of text.matchAll(spaces)) {
    if (problems.length >= maxProblems) break;
    while ((texts[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next += 1;
    if (index < (texts[next]?.start ?? Number.POSITIVE_INFINITY) && misleads(text, letter, index))
      problems.push(problem(text, letter, index, 'looks like a space, but YAML takes it for a letter'));
  }
  return problems;
}

/** Offsets of invisible characters that belong to something visible. */
function composedOffsets(text: string): Set<number> {
  const offsets = new Set<number>();
  for (const { 0: sequence, index } of text.matchAll(composed)) {
    for (const { index: inside } of sequence.matchAll(hidden)) offsets.add(index + inside);
  }
  return offsets;
}

function joinsWords(text: string, letter: string, index: number): boolean {
  if (letter !== '\u200C' && letter !== '\u200D') return false;
  return joining.test(text.slice(Math.max(0, index - 3), index).replace(/\p{M}+$/u, ''));
}

/** How far around a space is looked: a line can be as long as a file. */
const near = 300;

function misleads(text: string, letter: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - near), index).replace(/^[\s\S]*\n/, '');
  const after = text.slice(index + letter.length, index + near).replace(/\n[\s\S]*$/, '');
  const isFlow = /(?:^|[\s:,[{])(?:\{[^}]*|\[[^\]]*)$/.test(before);
  const { before: opening, after: closing } = structure[isFlow ? 'flow' : 'block'];
  // The first colon of a line ends its key; what stands behind it is text.
  const endsKey = !isFlow && !before.includes(':') && /^\s*:(?:\s|$)/.test(after);
  if (!opening.test(before) && !closing.test(after) && !endsKey) return false;
  return !/(?:^|\s)#/.test(before) && !isQuoted(before);
}

const blockOpening = /^( *)(?! )[^\n#]*(?:[:-]|^) [|>][-+0-9]{0,2}[ \t]*(?:#[^\n]*)?\r?\n/gm;

/** The lines below `|` and `>`, which are text whatever they look like. */
function blockTexts(text: string): Span[] {
  const found: Span[] = [];
  let end = 0;
  for (const { 0: opening, 1: indentation = '', index } of text.matchAll(blockOpening)) {
    // A sign inside a text opens nothing.
    if (index < end) continue;
    const start = index + opening.length;
    const outside = new RegExp(`^ {0,${indentation.length}}[^\\s]`, 'gm');
    outside.lastIndex = start;
    end = outside.exec(text)?.index ?? text.length;
    found.push({ start, end });
  }
  return found;
}

/** Whether a quoted text is open at the end of `before`, the beginning of a line. */
function isQuoted(before: string): boolean {
  return /(?:^|[\s[{,:])(?:"(?:[^"\\]|\\.)*|'[^']*)$/.test(before);
}

function problem(text: string, letter: string, start: number, why: string): Problem {
  const code = (text.codePointAt(start) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const written = code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code}`;
  return {
    code: 'source/invisible',
    message: `the character U+${code} ${why}`,
    span: { start, end: start + letter.length },
    hint: `delete it or type an ordinary space; where it is meant, write "${written}" in a double-quoted string`,
  };
}
