import type { JsonSchema } from '../../toolchain/schemas/json-schema.ts';

export interface Field {
  /** `spec.models.<name>.single.provider`; `[]` is an item of a list. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly default: string | undefined;
  /** The variants, by `type`, that have the field; empty: all. */
  readonly variants: readonly string[];
  readonly description: string;
}

/** Every field below a schema, in its own order; what is a field of several variants is listed once. */
export function fieldsOf(schema: JsonSchema, path = '', required = true): Field[] {
  const own = path === '' ? [] : [fieldOf(schema, path, required)];
  const variants = variantsOf(schema);
  const labels = variants.flatMap((variant) => labelOf(variant) ?? []);
  const fields = withoutRepetitions(variants.flatMap((variant) => below(variant, path)));
  const everywhere = (field: Field) => labels.length > 0 && labels.every((label) => field.variants.includes(label));
  return [...own, ...fields.map((field) => (everywhere(field) ? { ...field, variants: [] } : field))];
}

/** What a variant of a union is told apart by. */
function labelOf(schema: JsonSchema): string | undefined {
  const label = schema.properties?.['type']?.const;
  return typeof label === 'string' ? label : undefined;
}

function below(schema: JsonSchema, path: string): Field[] {
  const label = labelOf(schema);
  const properties = Object.entries(schema.properties ?? {})
    .flatMap(([name, child]) =>
      fieldsOf(child, path === '' ? name : `${path}.${name}`, schema.required?.includes(name) ?? false),
    )
    .map((field) => (label === undefined ? field : { ...field, variants: [label] }));
  const items = schema.items === undefined ? [] : variantsOf(schema.items).flatMap((item) => below(item, `${path}[]`));
  const values = schema.additionalProperties;
  const entries =
    typeof values === 'object' && Object.keys(values).length > 0 && schema.properties === undefined
      ? variantsOf(values).flatMap((value) => below(value, `${path}.<${keyName(path)}>`))
      : [];
  return [...properties, ...items, ...entries];
}

function variantsOf(schema: JsonSchema): readonly JsonSchema[] {
  const variants = schema.anyOf ?? schema.oneOf;
  return variants === undefined ? [schema] : variants.flatMap(variantsOf);
}

function fieldOf(schema: JsonSchema, path: string, required: boolean): Field {
  return {
    path,
    type: typeOf(schema),
    required: required && schema.default === undefined,
    default: schema.default === undefined ? undefined : JSON.stringify(schema.default),
    variants: [],
    description: schema.description ?? '',
  };
}

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return [...new Set(variants.map(typeOf))].join(' or ');
  switch (schema.type) {
    case 'array':
      return schema.items === undefined ? 'list' : `list of ${typeOf(schema.items)}`;
    case 'integer':
      return `integer${rangeOf(schema)}`;
    case 'object':
      return schema.properties === undefined ? `map by ${schema.propertyNames?.enum?.join(', ') ?? 'name'}` : 'object';
    default:
      return schema.type === undefined ? 'any value' : String(schema.type);
  }
}

function rangeOf({ minimum, maximum }: JsonSchema): string {
  const bounded = (bound: number | undefined): bound is number =>
    bound !== undefined && Number.isSafeInteger(bound) && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  const from = bounded(minimum) ? ` from ${minimum}` : '';
  return `${from}${bounded(maximum) ? ` to ${maximum}` : ''}`;
}

function keyName(path: string): string {
  const last = path.split('.').at(-1) ?? '';
  return last.endsWith('s') ? last.slice(0, -1) : 'name';
}

function withoutRepetitions(fields: readonly Field[]): Field[] {
  const known = new Map<string, Field>();
  for (const field of fields) {
    const before = known.get(field.path);
    if (before === undefined) known.set(field.path, field);
    else known.set(field.path, merged(before, field));
  }
  return [...known.values()];
}

function merged(one: Field, other: Field): Field {
  const types = new Set([...one.type.split(' or '), ...other.type.split(' or ')]);
  return { ...one, type: [...types].join(' or '), variants: [...one.variants, ...other.variants] };
}
