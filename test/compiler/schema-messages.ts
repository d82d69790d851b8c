import type { z } from 'zod';
import { kindNames, kinds } from '../../compiler/schema/kinds.ts';

type Schema = z.core.$ZodType;

/** Every message that a schema has of its own (refinements, patterns, bounds, formats), with the kinds that can say it. */
export function schemaMessages(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const kind of kindNames) {
    for (const schema of within(kinds[kind].schema, new Set())) {
      for (const message of messagesOf(schema)) found.set(message, (found.get(message) ?? new Set()).add(kind));
    }
  }
  return new Map([...found].map(([message, of]) => [message, [...of]]));
}

/** A schema and everything that it is made of. */
function* within(schema: Schema, seen: Set<Schema>): Iterable<Schema> {
  if (seen.has(schema)) return;
  seen.add(schema);
  yield schema;
  for (const part of partsOf(schema as z.core.$ZodTypes)) yield* within(part, seen);
}

function partsOf({ _zod: { def } }: z.core.$ZodTypes): readonly Schema[] {
  switch (def.type) {
    case 'object':
      return Object.values(def.shape);
    case 'record':
      return [def.keyType, def.valueType];
    case 'array':
      return [def.element];
    case 'union':
      return def.options;
    case 'optional':
    case 'nullable':
    case 'default':
      return [def.innerType];
    case 'string':
    case 'number':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'lazy': // a free JSON value
      return [];
    default:
      throw new Error(`a schema of type ${def.type} is new here`);
  }
}

function messagesOf({ _zod: { def } }: Schema): readonly string[] {
  const checks = (def.checks ?? []).map((check) => check._zod.def);
  return [def, ...checks].flatMap(({ error }) => {
    if (error === undefined) return [];
    const message = (error as (issue: object) => unknown)({ input: undefined, path: [] });
    return typeof message === 'string' ? [message] : [];
  });
}
