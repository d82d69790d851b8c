import type { Marks } from './marks.ts';

const openers: Readonly<Record<string, string>> = { '}': '{', ']': '[' };

/**
 * Offset of the innermost bracket before `noticed` that `closer` should have closed. From the last value to the first:
 * inner values come before the outer ones that they stand in, and each takes its own closing bracket.
 */
export function unclosedBracket(closer: string, noticed: number, text: string, marks: Marks): number | undefined {
  const taken = new Set<number>();
  for (let index = marks.count - 1; index >= 0; index -= 1) {
    const { start, end } = marks.value(index);
    if (start >= noticed || text[start] !== openers[closer]) continue;
    if (text[end - 1] !== closer || taken.has(end)) return start;
    taken.add(end);
  }
  return undefined;
}

/** Offset of the last quoted value or key that reaches to `noticed`, where its end was missed. */
export function unclosedQuote(quote: string, noticed: number, marks: Marks, text: string): number | undefined {
  for (let index = marks.count - 1; index >= 0; index -= 1) {
    for (const span of [marks.value(index), marks.key(index)]) {
      if (span !== undefined && text[span.start] === quote && span.start < noticed && span.end >= noticed)
        return span.start;
    }
  }
  return undefined;
}

/** Offset of a quote that a quote on a later line closed, right before `noticed`: most likely by accident. */
export function mispairedQuote(noticed: number, marks: Marks, text: string): number | undefined {
  for (let index = marks.count - 1; index >= 0; index -= 1) {
    const { start, end } = marks.value(index);
    if (start >= noticed) continue;
    const quoted = text[start] === '"' || text[start] === "'";
    return quoted && end <= noticed && text.slice(start, end).includes('\n') ? start : undefined;
  }
  return undefined;
}
