import { isRecord } from './leaves.ts';

/**
 * A JSON pointer to the first place in which two values differ. The order of keys counts only where a reader evaluates
 * them in order: `inOrder` holds those objects of `after`.
 */
export function firstDifference(
  before: unknown,
  after: unknown,
  inOrder: ReadonlySet<unknown>,
  pointer = '',
): string | undefined {
  if (Object.is(before, after)) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) {
    const indexes = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
    return firstBelow(indexes, (index) => [before[index], after[index]], inOrder, pointer);
  }
  if (!isRecord(before) || !isRecord(after)) return pointer;
  const [keys, others] = [Object.keys(before), Object.keys(after)];
  const below = firstBelow([...new Set([...keys, ...others])], (key) => [before[key], after[key]], inOrder, pointer);
  return below ?? (inOrder.has(after) && keys.join('\n') !== others.join('\n') ? pointer : undefined);
}

function firstBelow<K extends string | number>(
  steps: readonly K[],
  pair: (step: K) => readonly [unknown, unknown],
  inOrder: ReadonlySet<unknown>,
  pointer: string,
): string | undefined {
  for (const step of steps) {
    const [before, after] = pair(step);
    const name = String(step).replaceAll('~', '~0').replaceAll('/', '~1');
    const found = firstDifference(before, after, inOrder, `${pointer}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
