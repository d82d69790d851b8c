/** The part of JSON Schema that zod writes for our kinds. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

export interface Field {
  /** `spec.models.<name>.single.provider`; `[]` is an item of a list. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly default: string | undefined;
  readonly description: string;
}

/** Every field below a schema, in its own order; what is a field of several variants is listed once. */
export function fieldsOf(schema: JsonSchema, path = '', required = true): Field[] {
  const own = path === '' ? [] : [fieldOf(schema, path, required)];
  return withoutRepetitions([...own, ...variantsOf(schema).flatMap((variant) => below(variant, path))]);
}

function below(schema: JsonSchema, path: string): Field[] {
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    fieldsOf(child, path === '' ? name : `${path}.${name}`, schema.required?.includes(name) ?? false),
  );
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
    else if (before.type !== field.type) known.set(field.path, { ...before, type: `${before.type} or ${field.type}` });
  }
  return [...known.values()];
}
