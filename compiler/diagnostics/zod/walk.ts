import { z } from 'zod';
import type { Path } from '../finding.ts';
import { childOf } from '../value-at.ts';

type Schema = z.core.$ZodType;

/** The schemas that may apply at `path` of `value`: one, except below unions that the value does not decide. */
export function schemasAt(schema: Schema, path: Path, value: unknown): readonly Schema[] {
  const candidates = alternatives(schema, value);
  const [step, ...rest] = path;
  if (step === undefined) return candidates;
  const child = childOf(value, step);
  return candidates.flatMap((candidate) => {
    const inner = below(candidate, step);
    return inner === undefined ? [] : schemasAt(inner, rest, child);
  });
}

/** Names of the fields that are accepted at `path`, in the order of the schema. */
export function fieldsAt(schema: Schema, path: Path, value: unknown): readonly string[] {
  return [...new Set(schemasAt(schema, path, value).flatMap(fieldsOf))];
}

/** The options of the union at `path`, where it is the one that `count` branches were tried of. */
export function optionsAt(schema: Schema, path: Path, value: unknown, count: number): readonly Schema[] {
  const parents = path.length === 0 ? [schema] : parentsAt(schema, path, value);
  for (const parent of parents) {
    const union = unwrap(parent)._zod.def;
    if (union.type === 'union' && union.options.length === count) return union.options;
  }
  return [];
}

/** Like `schemasAt`, with everything that wraps them; with `key` the schemas of the key at the end of the path. */
export function wholeSchemasAt(schema: Schema, path: Path, value: unknown, key = false): readonly Schema[] {
  if (!key) return parentsAt(schema, path, value);
  return schemasAt(schema, path.slice(0, -1), value).flatMap(({ _zod: { def } }) =>
    'keyType' in def ? [def.keyType as Schema] : [],
  );
}

/** A schema and what it wraps, from the outside. */
export function within(schema: Schema): readonly Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return 'innerType' in def ? [schema, ...within(def.innerType)] : [schema];
}

/** Like `schemasAt`, but a union at the end of the path stays whole. */
function parentsAt(schema: Schema, path: Path, value: unknown): readonly Schema[] {
  const last = path.at(-1);
  if (last === undefined) return [schema];
  return schemasAt(schema, path.slice(0, -1), value).flatMap((parent) => below(parent, last) ?? []);
}

/** Where the union at `path` has a field `key` in other branches only: the field that tells them apart, and its values there. */
export function otherBranches(schema: Schema, path: Path, value: unknown, key: string): readonly [string, string][] {
  return parentsAt(schema, path, value).flatMap((parent) => {
    const { def } = unwrap(parent)._zod;
    if (def.type !== 'union') return [];
    const rivals = def.options.filter((option) => fieldsOf(option).includes(key));
    return rivals.flatMap(({ _zod: { propValues } }): [string, string][] =>
      Object.entries(propValues ?? {}).map(([name, values]) => [name, [...values].map(String).join(' or ')]),
    );
  });
}

/** Paths of the mappings below `schema` that have the field `key`, through fields with fixed names only. */
export function pathsTo(key: string, schema: Schema, depth: number): readonly Path[] {
  const { def } = unwrap(schema)._zod;
  if (def.type !== 'object' || depth === 0) return [];
  return Object.entries(def.shape).flatMap(([name, inner]) => [
    ...(fieldsOf(inner).includes(key) ? [[name]] : []),
    ...pathsTo(key, inner, depth - 1).map((path) => [name, ...path]),
  ]);
}

/** What wraps a schema without changing which values it describes. */
function unwrap(schema: Schema): z.core.$ZodTypes {
  const known = schema as z.core.$ZodTypes;
  const { def } = known._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return unwrap(def.innerType);
    case 'lazy':
      return unwrap(def.getter());
    case 'pipe':
      return unwrap(def.in);
    default:
      return known;
  }
}

function alternatives(schema: Schema, value: unknown): readonly z.core.$ZodTypes[] {
  const plain = unwrap(schema);
  const { def } = plain._zod;
  if (def.type === 'intersection') return [...alternatives(def.left, value), ...alternatives(def.right, value)];
  if (def.type !== 'union') return [plain];
  const fitting = def.options.filter((option) => admits(option, value));
  return (fitting.length > 0 ? fitting : def.options).flatMap((option) => alternatives(option, value));
}

/** False where a literal field of the option (its discriminator) says that the value is another one. */
function admits(option: Schema, value: unknown): boolean {
  return Object.entries(option._zod.propValues ?? {}).every(([name, allowed]) => {
    const actual = childOf(value, name);
    return allowed.size === 0 || actual === undefined || [...allowed].some((one) => one === actual);
  });
}

function below(schema: Schema, step: string | number): Schema | undefined {
  const { def } = unwrap(schema)._zod;
  switch (def.type) {
    case 'object':
      return Object.hasOwn(def.shape, step) ? def.shape[step] : def.catchall;
    case 'record':
      return def.valueType;
    case 'array':
      return def.element;
    case 'tuple':
      return (typeof step === 'number' ? def.items[step] : undefined) ?? def.rest ?? undefined;
    default:
      return undefined;
  }
}

function fieldsOf(schema: Schema): readonly string[] {
  const { def } = unwrap(schema)._zod;
  if (def.type === 'object') return Object.keys(def.shape);
  if (def.type === 'record') return [...(def.keyType._zod.values ?? [])].map(String);
  return [];
}

/** Fields that a mapping cannot be without. */
export function requiredFields(schema: Schema): readonly string[] {
  const { def } = unwrap(schema)._zod;
  if (def.type !== 'object') return [];
  return Object.entries(def.shape).flatMap(([name, field]) => (isOptional(field) ? [] : [name]));
}

/** Whether the value at `path` may be left out. */
export function mayBeAbsent(schema: Schema, path: Path, value: unknown): boolean {
  return path.length > 0 && parentsAt(schema, path, value).some(isOptional);
}

function isOptional(schema: Schema): boolean {
  return z.safeParse(schema, undefined).success;
}
