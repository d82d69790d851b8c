import { byCodeUnit, canonicalText, isList, isObject, type Json, type JsonObject } from '../../contract/canonical.ts';

export type JsonChange = { readonly pointer: string } & (
  | { readonly kind: 'added'; readonly after: Json }
  | { readonly kind: 'removed'; readonly before: Json }
  | { readonly kind: 'changed'; readonly before: Json; readonly after: Json }
);

/** Structural difference of two values, leaf by leaf, with RFC 6901 pointers, in the order of artifacts. */
export function jsonDiff(before: Json, after: Json, pointer = ''): JsonChange[] {
  if (before === after) return [];
  if (isObject(before) && isObject(after)) return objectDiff(before, after, pointer);
  if (isList(before) && isList(after)) return arrayDiff(before, after, pointer);
  return [{ pointer, kind: 'changed', before, after }];
}

function objectDiff(before: JsonObject, after: JsonObject, pointer: string): JsonChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit);
  return keys.flatMap((key) => memberDiff(before[key], after[key], `${pointer}/${escapeToken(key)}`));
}

function memberDiff(before: Json | undefined, after: Json | undefined, pointer: string): JsonChange[] {
  if (before === undefined) return after === undefined ? [] : [{ pointer, kind: 'added', after }];
  if (after === undefined) return [{ pointer, kind: 'removed', before }];
  return jsonDiff(before, after, pointer);
}

/**
 * Elements that can be told apart, by a name or by all they say, are compared with themselves, so that one put in or
 * taken out is one change and not one for each that it moved. Otherwise, and where they changed places, the place
 * counts. A pointer names the place in the list that has the element: the list before for what is removed.
 */
function arrayDiff(before: readonly Json[], after: readonly Json[], pointer: string): JsonChange[] {
  const places = [placesOf(before), placesOf(after)] as const;
  if (places[0] === null || places[1] === null) return placeDiff(before, after, pointer);
  const [old, fresh] = [places[0], places[1]];
  const kept = [...old.keys()].filter((key) => fresh.has(key));
  const moved = [...fresh.keys()].filter((key) => old.has(key)).some((key, index) => key !== kept[index]);
  if (moved) return placeDiff(before, after, pointer);
  const removed = [...old].filter(([key]) => !fresh.has(key));
  return [
    ...removed.map(
      ([, index]): JsonChange => ({ pointer: at(pointer, index), kind: 'removed', before: get(before, index) }),
    ),
    ...[...fresh].flatMap(([key, index]): JsonChange[] => {
      const earlier = old.get(key);
      if (earlier !== undefined) return jsonDiff(get(before, earlier), get(after, index), at(pointer, index));
      return [{ pointer: at(pointer, index), kind: 'added', after: get(after, index) }];
    }),
  ];
}

function placeDiff(before: readonly Json[], after: readonly Json[], pointer: string): JsonChange[] {
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, index) => memberDiff(before[index], after[index], at(pointer, index))).flat();
}

/** Null: two elements are the same. */
function placesOf(list: readonly Json[]): Map<string, number> | null {
  const places = new Map(list.map((value, index) => [keyOf(value), index]));
  return places.size === list.length ? places : null;
}

function keyOf(value: Json): string {
  const name = isObject(value) ? value['name'] : undefined;
  return typeof name === 'string' ? `name ${name}` : `text ${canonicalText(value)}`;
}

function at(pointer: string, index: number): string {
  return `${pointer}/${index}`;
}

function get(list: readonly Json[], index: number): Json {
  return list[index] ?? null;
}

function escapeToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
