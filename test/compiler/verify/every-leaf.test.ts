import { describe, expect, it } from 'vitest';
import { violationsOf } from '../../../compiler/verify/laws.ts';
import type { Path } from '../effect/leaves.ts';
import { replaced, valueAt } from '../effect/mutations.ts';
import { type Compiled, dev, lab } from './broken.ts';

/** What may be otherwise and means the same: names that nothing looks up, and one more of what is listed already. */
const free = [
  /^edit policies\.#\.name\.(name|namespace)$/,
  /^edit routes\.#\.name$/,
  /^edit gateways\.default\.jwtAuth\.jwtValidationOptions\.requiredClaims$/,
  /^edit gateways\.default\.transformations\.request\.remove$/,
  /^edit routes\.#\.policies\.requestHeaderModifier\.remove$/,
];

/** Every place of a JSON value, those of whole objects and lists included. */
function* places(value: unknown, path: Path = []): Iterable<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    yield place;
    yield* places(Reflect.get(value, key), place);
  }
}

/** Another text, number or truth; of an object, one with a field that nobody knows; of a list, one more of its last. */
function edited(root: unknown, path: Path): unknown {
  const value = valueAt(root, path);
  if (typeof value === 'string') return replaced(root, path, `${value}x`);
  if (typeof value === 'number') return replaced(root, path, value + 1);
  if (typeof value === 'boolean') return replaced(root, path, !value);
  if (Array.isArray(value)) return replaced(root, path, [...value, value.at(-1)]);
  return replaced(root, [...path, 'unheard'], 'x');
}

/** Without the place: a field is gone, an element of a list makes room for the next. */
function without(root: unknown, path: Path): unknown {
  const key = path.at(-1);
  if (typeof key !== 'number') return replaced(root, path, undefined);
  const list = path.slice(0, -1);
  return replaced(root, list, (valueAt(root, list) as readonly unknown[]).toSpliced(key, 1));
}

/** Places by what they are, with `#` for the numbers in them. Of those that are alike, four from first to last. */
function kinds(gateway: unknown): ReadonlyMap<string, readonly Path[]> {
  const all = new Map<string, Path[]>();
  for (const path of places(gateway)) {
    const kind = path.map((key) => (typeof key === 'number' ? '#' : key)).join('.');
    all.set(kind, [...(all.get(kind) ?? []), path]);
  }
  for (const [kind, paths] of all) {
    const step = Math.max(1, (paths.length - 1) / 3);
    all.set(
      kind,
      paths.filter((_, index) => index % step < 1),
    );
  }
  return all;
}

/** Changes of one config that no law sees. */
function unseen({ model, artifacts, gateway }: Compiled): readonly string[] {
  const seen = (config: unknown) =>
    violationsOf(model, { ...artifacts, 'agentgateway.json': JSON.stringify(config) }).length > 0;
  const found = [...kinds(gateway)].flatMap(([kind, paths]) => [
    ...(paths.every((path) => seen(without(gateway, path))) ? [] : [`drop ${kind}`]),
    ...(paths.every((path) => seen(edited(gateway, path))) ? [] : [`edit ${kind}`]),
  ]);
  return found.filter((what) => !free.some((pattern) => pattern.test(what)));
}

describe('every place of the gateway config', () => {
  it.each([
    ['with global limits', dev],
    ['with local limits', lab],
  ])(
    'is read by a law: %s',
    (_, compiled) => {
      expect(unseen(compiled)).toEqual([]);
    },
    120_000,
  );
});
