import type { Path } from './finding.ts';

/** The own entry `step` of a mapping or list. */
export function childOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[step];
}

export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) found = childOf(found, step);
  return found;
}
