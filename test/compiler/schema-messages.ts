import type { z } from 'zod';
import { type Kind, kindNames, kinds } from '../../compiler/schema/kinds.ts';

type Schema = z.core.$ZodType;

/** As zod keeps it: which check, with its bound or pattern. */
interface Definition {
  readonly check?: string;
  readonly error?: (issue: object) => unknown;
  readonly value?: number;
  readonly inclusive?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: RegExp;
}

/** A bound, pattern, format or refinement that a schema holds by itself. */
export interface SchemaRule {
  readonly kind: Kind;
  /** `spec.models.*.aliases[]`. What is used in several places of a kind is met at the first. */
  readonly path: string;
  readonly type: string;
  /** In its own words; absent where the words are made from `check`. */
  readonly message: string | undefined;
  readonly check: Definition;
}

/** Every rule of every schema, in the order of the fields. */
export function schemaRules(): readonly SchemaRule[] {
  return kindNames.flatMap((kind) =>
    [...within(kinds[kind].schema, '', new Set())].flatMap(([schema, path]) =>
      definitionsOf(schema).map((check) => ({
        kind,
        path,
        type: schema._zod.def.type,
        message: messageOf(check),
        check,
      })),
    ),
  );
}

/** Every message that a schema has of its own, with the kinds that can say it. */
export function schemaMessages(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { kind, message } of schemaRules()) {
    if (message !== undefined) found.set(message, (found.get(message) ?? new Set()).add(kind));
  }
  return new Map([...found].map(([message, of]) => [message, [...of]]));
}

/** A schema and everything that it is made of. Single values may stand in several fields, what has parts is walked once. */
function* within(schema: Schema, path: string, seen: Set<Schema>): Iterable<readonly [Schema, string]> {
  if (seen.has(schema)) return;
  const parts = partsOf(schema as z.core.$ZodTypes);
  if (parts.length > 0) seen.add(schema);
  yield [schema, path];
  for (const [step, part] of parts) yield* within(part, `${path}${step}`.replace(/^\./, ''), seen);
}

function partsOf({ _zod: { def } }: z.core.$ZodTypes): readonly (readonly [string, Schema])[] {
  switch (def.type) {
    case 'object':
      return Object.entries(def.shape).map(([name, value]) => [`.${name}`, value]);
    case 'record':
      return [
        ['{}', def.keyType],
        ['.*', def.valueType],
      ];
    case 'array':
      return [['[]', def.element]];
    case 'union':
      return def.options.map((option) => ['', option]);
    case 'optional':
    case 'nullable':
    case 'default':
      return [['', def.innerType]];
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

/** What a schema demands beyond its type: a format is one of the schema itself, the rest are checks on it. */
function definitionsOf({ _zod: { def } }: Schema): readonly Definition[] {
  const all: readonly object[] = [def, ...(def.checks ?? []).map((check) => check._zod.def)];
  return (all as readonly Definition[]).filter(({ check, error }) => check !== undefined || error !== undefined);
}

function messageOf({ error }: Definition): string | undefined {
  const message = error?.({ input: undefined, path: [] });
  return typeof message === 'string' ? message : undefined;
}
