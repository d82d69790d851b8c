/**
 * Results of an earlier run, for a run over nearly the same tree. Whoever compiles twice makes one and passes it in; a
 * result is given again only where everything that it was made from is the same, so that no answer differs with it.
 */
export interface Memory {
  /**
   * The result that `key` had for the same inputs, else that of `compute`, which may read nothing but `inputs` and
   * constants. Inputs are the same as objects, or as bytes: a stage that hands on what it recalled keeps the next one's.
   */
  recall<T>(key: string, inputs: readonly unknown[], compute: () => T): T;
  /** Ends a run: what it did not ask for is forgotten. */
  settle(): void;
}

/** For a single run: nothing is kept. */
export const noMemory: Memory = { recall: (_key, _inputs, compute) => compute(), settle: () => {} };

interface Kept {
  readonly inputs: readonly unknown[];
  readonly result: unknown;
}

export function createMemory(): Memory {
  let kept = new Map<string, Kept>();
  let used = new Map<string, Kept>();
  return {
    recall<T>(key: string, inputs: readonly unknown[], compute: () => T): T {
      const known = used.get(key) ?? kept.get(key);
      const entry = known !== undefined && areSame(known.inputs, inputs) ? known : { inputs, result: compute() };
      used.set(key, entry);
      return entry.result as T;
    },
    settle() {
      kept = used;
      used = new Map();
    },
  };
}

function areSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  if (before.length !== now.length) return false;
  for (let index = 0; index < now.length; index += 1) {
    if (!isSame(before[index], now[index])) return false;
  }
  return true;
}

function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (a instanceof Uint8Array && b instanceof Uint8Array && haveSameBytes(a, b));
}

function haveSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}
