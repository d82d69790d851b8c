import type { Path } from '../diagnostics/finding.ts';

/** Offsets in the text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const width = 5;

/**
 * Where each value of a file stands, in the order of the text, as flat numbers: keeping the YAML tree for 10 000 files
 * would cost fifty times the memory. Per value: start and end of its key (-1: it has none), its own start and end, and
 * the number of values in it including itself; a negative number is an alias of the value with that index.
 */
export class Marks {
  readonly #numbers: number[] = [];
  readonly #names: (string | number | undefined)[] = [];

  /** Opens a value under `name`; returns its index. */
  open(name: string | number | undefined, keyStart: number, keyEnd: number): number {
    this.#numbers.push(keyStart, keyEnd, 0, 0, 1);
    return this.#names.push(name) - 1;
  }

  close(index: number, start: number, end: number): void {
    this.#numbers[index * width + 2] = start;
    this.#numbers[index * width + 3] = end;
    this.#numbers[index * width + 4] = this.#names.length - index;
  }

  closeAlias(index: number, start: number, end: number, target: number): void {
    this.close(index, start, end);
    this.#numbers[index * width + 4] = -target;
  }

  get count(): number {
    return this.#names.length;
  }

  value(index: number): Span {
    return { start: this.#at(index, 2), end: this.#at(index, 3) };
  }

  key(index: number): Span | undefined {
    const start = this.#at(index, 0);
    return start < 0 ? undefined : { start, end: this.#at(index, 1) };
  }

  /** The value at `path`, or its nearest existing ancestor. */
  find(path: Path): { readonly index: number; readonly exact: boolean } {
    let index = 0;
    for (const step of path) {
      const child = this.#child(index, step);
      if (child === undefined) return { index, exact: false };
      index = child;
    }
    return { index, exact: true };
  }

  #child(parent: number, step: string | number): number | undefined {
    const size = this.#at(parent, 4);
    const from = size < 0 ? -size : parent;
    const end = from + this.#at(from, 4);
    for (let child = from + 1; child < end; child += this.#skip(child)) {
      if (this.#names[child] === step) return child;
    }
    return undefined;
  }

  #skip(index: number): number {
    return Math.max(1, this.#at(index, 4));
  }

  #at(index: number, field: number): number {
    return this.#numbers[index * width + field] ?? -1;
  }
}
