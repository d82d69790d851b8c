import { isList, isObject, type Json, type JsonObject } from '../../../contract/canonical.ts';

/** Where an edit applies: member names, `*` for each member or item. */
export type Pattern = readonly string[];

/**
 * `value` with every object at `pattern` replaced by what `edit` makes of it; undefined removes it. What is not there
 * stays absent, and everything beside it stays as it is. `names` are the members that the stars stand for.
 */
export function editAt(
  value: Json,
  pattern: Pattern,
  edit: (found: JsonObject, names: readonly string[]) => JsonObject | undefined,
  names: readonly string[] = [],
): Json | undefined {
  const [step, ...rest] = pattern;
  if (step === undefined) return isObject(value) ? edit(value, names) : value;
  const inner = (child: Json, name: string) => editAt(child, rest, edit, step === '*' ? [...names, name] : names);
  if (isList(value)) {
    if (step !== '*') return value;
    return value.map((item, index) => inner(item, String(index))).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, child]): [string, Json][] => {
    if (step !== '*' && step !== name) return [[name, child]];
    const edited = inner(child, name);
    return edited === undefined ? [] : [[name, edited]];
  });
  return Object.fromEntries(members);
}

/** `object` without a member. */
export function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([member]) => member !== name));
}

/** The object in a member, empty where there is none. */
export function objectIn(object: JsonObject, ...path: readonly string[]): JsonObject {
  let value: Json | undefined = object;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  return isObject(value) ? value : {};
}

/** Every object in `value`, with the name of the member that holds it; items of a list have the list's name. */
export function* objectsIn(value: Json, name = ''): Generator<readonly [name: string, object: JsonObject]> {
  if (isList(value)) {
    for (const item of value) yield* objectsIn(item, name);
  } else if (isObject(value)) {
    yield [name, value];
    for (const [member, child] of Object.entries(value)) yield* objectsIn(child, member);
  }
}

export function listIn(object: JsonObject, name: string): readonly Json[] {
  const value = object[name];
  return isList(value) ? value : [];
}
