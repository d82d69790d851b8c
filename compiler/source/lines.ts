import type { Position, Range } from '../diagnostics/finding.ts';

/** Lines and columns of a text. Line starts are found on first use: most files are never asked. */
export class Lines {
  readonly #text: string;
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  range(start: number, end: number): Range {
    return { start: this.position(start), end: this.position(Math.max(start, end)) };
  }

  offset({ line, column }: Position): number {
    this.#starts ??= lineStarts(this.#text);
    return (this.#starts[line - 1] ?? 0) + column - 1;
  }

  /** `offset` is clamped to the text; the end of the text is a position too. */
  position(offset: number): Position {
    this.#starts ??= lineStarts(this.#text);
    const inside = Math.max(0, Math.min(offset, this.#text.length));
    const line = lastAtMost(this.#starts, inside);
    return { line: line + 1, column: inside - (this.#starts[line] ?? 0) + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last element that is at most `value`, in an ascending list that starts with 0. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
