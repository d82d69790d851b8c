import { z } from 'zod';
import { type Kind, kinds } from '../../compiler/schema/kinds.ts';

/** Keys of a value inside a resource; `*` any key, `[]` any item. */
export type LeafPath = readonly string[];

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

/** Every scalar that a kind accepts, by the schema that editors get. */
export function leavesOf(kind: Kind): LeafPath[] {
  const schema = z.toJSONSchema(kinds[kind].schema, { io: 'input' }) as JsonSchema;
  const unique = new Map([...walk(schema, [])].map((path) => [path.join('.'), path]));
  return [...unique.values()];
}

function* walk(schema: JsonSchema, path: LeafPath): Iterable<LeafPath> {
  const variants = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const below = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  for (const variant of variants) yield* walk(variant, path);
  for (const [key, child] of Object.entries(schema.properties ?? {})) yield* walk(child, [...path, key]);
  if (below !== undefined) yield* walk(below, [...path, '*']);
  if (schema.items !== undefined) yield* walk(schema.items, [...path, '[]']);
  const isLeaf = variants.length === 0 && !schema.properties && below === undefined && schema.items === undefined;
  if (isLeaf) yield path;
}

/** Concrete paths of a leaf in a value. */
export function* instancesOf(value: unknown, leaf: LeafPath): Iterable<(string | number)[]> {
  const [step, ...rest] = leaf;
  if (step === undefined) {
    if (typeof value !== 'object' || value === null) yield [];
    return;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== (step === '[]')) return;
  const keys = step === '[]' ? (value as unknown[]).keys() : step === '*' ? Object.keys(value) : [step];
  for (const key of keys) {
    if (!Object.hasOwn(value, key)) continue;
    const child = (value as Record<string | number, unknown>)[key];
    for (const below of instancesOf(child, rest)) yield [key, ...below];
  }
}

/** Other values of which at least one suits most schemas of a scalar. */
export function otherValues(value: unknown): unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1, value - 1];
  const text = String(value);
  const words =
    'active suspended invoke admin low high none mask reject allow warn request response guard pass detect enforce';
  return [
    `${text}x`,
    text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
    text.replace(/[a-z](?=[^a-z]*$)/, (letter) => (letter === 'z' ? 'y' : 'z')),
    ...words.split(' '),
    ...'2027-01-15 AGE email ssn completions openai error dev eu us eu-west-1 us-east1 global local'.split(' '),
  ].filter((candidate) => candidate !== text);
}

export function withValue(value: unknown, path: readonly (string | number)[], leaf: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return leaf;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? ([...value] as unknown as Record<number, unknown>)
    : { ...(value as object) };
  copy[key] = withValue(copy[key], rest, leaf);
  return copy;
}
