import { isDeepStrictEqual } from 'node:util';
import type { Path } from '../../compiler/diagnostics/finding.ts';

/**
 * `before` with what stands at `path` taken from `after`: the value, or where `after` has no such key there, the key that
 * stands in its place among its neighbours.
 */
export function valueAfter(before: unknown, after: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return after;
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.map((item: unknown, index) => (index === step ? valueAfter(item, after[index], rest) : item));
  }
  if (!isMapping(before) || !isMapping(after)) return before;
  const entries = Object.entries(before);
  const place = entries.findIndex(([key]) => key === step);
  return Object.fromEntries(
    entries.map(([key, value], index): [string, unknown] => {
      if (index !== place) return [key, value];
      if (Object.hasOwn(after, key)) return [key, valueAfter(value, after[key], rest)];
      const renamed = Object.keys(after).find((name) => !Object.hasOwn(before, name));
      return rest.length === 0 && renamed !== undefined ? [renamed, value] : [key, value];
    }),
  );
}

/** Equal, with the keys of mappings in the same order. */
export function sameValue(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b) && JSON.stringify(a) === JSON.stringify(b);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
