import { isList, isObject, type Json } from '../../contract/canonical.ts';
import type { Path } from '../diagnostics/finding.ts';

export type Key = string;

/**
 * Lists of objects are compared by what names their items, not by position: path of the list (`*` for any key) and the
 * fields that make the name. With `order`, the sequence of names is a value of its own beside the list.
 */
export interface Keying {
  readonly list: string;
  readonly by: readonly string[];
  readonly order?: true;
}

/** A value as it is compared: no undefined, lists of objects as objects. */
export function treeOf(value: unknown, keyings: readonly Keying[] = [], path: readonly Key[] = []): Json {
  if (typeof value !== 'object' || value === null) return scalar(value);
  if (Array.isArray(value)) {
    const keying = keyingAt(keyings, path);
    if (keying === undefined) return value.map((item: unknown) => treeOf(item, keyings, [...path, '*']));
    return Object.fromEntries(
      named(value, keying).map(([name, item]) => [name, treeOf(item, keyings, [...path, name])]),
    );
  }
  const tree: Record<string, Json> = {};
  for (const [key, child] of Object.entries(value)) {
    if (child === undefined) continue;
    const below = [...path, key];
    tree[key] = treeOf(child, keyings, below);
    const keying = Array.isArray(child) ? keyingAt(keyings, below) : undefined;
    if (keying?.order) tree[`${key}Order`] = named(child as unknown[], keying).map(([name]) => name);
  }
  return tree;
}

/** The way back: where in the original value a path of its tree stands. Goes as far as the value does. */
export function sourcePath(value: unknown, keyings: readonly Keying[], path: readonly Key[]): Path {
  const found: (string | number)[] = [];
  let current = value;
  for (const [depth, key] of path.entries()) {
    if (Array.isArray(current)) {
      const keying = keyingAt(keyings, path.slice(0, depth));
      const index = keying === undefined ? -1 : named(current, keying).findIndex(([name]) => name === key);
      if (index === -1) break;
      found.push(index);
      current = (current as unknown[])[index];
    } else {
      const own = key.endsWith('Order') && !has(current, key) ? key.slice(0, -'Order'.length) : key;
      found.push(own);
      current = has(current, own) ? current[own] : undefined;
    }
  }
  return found;
}

/** Items with their names; a name that is taken gets a number, so that nothing is lost. */
function named(items: readonly unknown[], { by }: Keying): [string, unknown][] {
  const taken = new Set<string>();
  return items.map((item, index) => {
    const name = by.map((field) => (has(item, field) ? String(item[field]) : '')).join(' from ');
    const free = taken.has(name) ? `${name} #${index + 1}` : name;
    taken.add(free);
    return [free, item];
  });
}

function keyingAt(keyings: readonly Keying[], path: readonly Key[]): Keying | undefined {
  return keyings.find(({ list }) => {
    const steps = list.split('.');
    return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
  });
}

function has(value: unknown, key: string): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

function scalar(value: unknown): Json {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Equal as values: the order of keys does not matter. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/** The value at dotted keys below an object. */
export function below(value: Json, path: string): Json | undefined {
  let current: Json | undefined = value;
  for (const key of path.split('.')) {
    current = isObject(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}
