import type { z } from 'zod';
import type { Path } from '../finding.ts';

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

/** Like `schemasAt`, but a union at the end of the path stays whole. */
function parentsAt(schema: Schema, path: Path, value: unknown): readonly Schema[] {
  const last = path.at(-1);
  if (last === undefined) return [schema];
  return schemasAt(schema, path.slice(0, -1), value).flatMap((parent) => below(parent, last) ?? []);
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

/** The own entry `step` of a mapping or list. */
export function childOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return Reflect.get(value, step);
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(childOf, value);
}
