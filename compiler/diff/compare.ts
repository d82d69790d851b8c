import { isObject, type Json, type JsonObject } from '../../contract/canonical.ts';
import type { Field } from './field.ts';
import { type ComparedKind, fieldAt } from './fields/fields.ts';
import { type Key, same } from './tree.ts';

/** One value that differs, with the row that speaks for it. */
export interface Difference {
  readonly path: readonly Key[];
  readonly field: Field;
  readonly keys: readonly Key[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/**
 * Walks two trees. A row of the kind's table speaks where a value came, went or is no object; elsewhere the walk goes on
 * below. So a client that is new is one difference, a client that changed is one for each of its fields.
 */
export function* compare(
  kind: ComparedKind,
  before: Json | undefined,
  after: Json | undefined,
  path: readonly Key[] = [],
): Iterable<Difference> {
  if (same(before, after)) return;
  const matched = fieldAt(kind, path);
  const descends = isObject(before) && isObject(after);
  if (matched !== undefined && (!descends || matched.field.whole === true)) {
    yield { path, ...matched, before, after };
  } else if (mayDescend(before) && mayDescend(after)) {
    for (const key of keysOf(before, after))
      yield* compare(kind, child(before, key), child(after, key), [...path, key]);
  } else {
    yield { path, field: unlisted(path), keys: [], before, after };
  }
}

/** What no row speaks for is shown all the same, as something that can surprise. */
function unlisted(path: readonly Key[]): Field {
  return { path: path.join('.'), label: path.join('.').replaceAll('{', ''), risk: 'caution' };
}

function mayDescend(value: Json | undefined): value is JsonObject | undefined {
  return value === undefined || isObject(value);
}

function keysOf(before: JsonObject | undefined, after: JsonObject | undefined): string[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
}

function child(value: JsonObject | undefined, key: string): Json | undefined {
  return value !== undefined && Object.hasOwn(value, key) ? value[key] : undefined;
}
