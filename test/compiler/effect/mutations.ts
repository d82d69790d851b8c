import { isRecord, type Occurrence, type Path, type Schema } from './leaves.ts';

/**
 * Texts of the shapes that occur in our schemas. A leaf is tried with those that its pattern takes, so a new field
 * usually needs no hint.
 */
const pool = [
  '7.25',
  '8',
  '2026-05-01',
  '2026-12-01',
  '7s',
  'Australia/Perth',
  'https://changed.example/path',
  'eu-west-1',
  'europe-west1',
  '999999999999',
  'changed',
  'CHANGED',
  'changed.example',
  '/changed',
  '@changed/team',
  'registry.example/changed:v2',
];

/** Other values for one place. The first is the likeliest to be valid there. */
export function otherValues(schema: Schema, current: unknown, hints: readonly unknown[] = []): readonly unknown[] {
  const values = hints.length > 0 ? hints : generated(schema, current);
  return values.filter((value) => value !== current).slice(0, 3);
}

function generated(schema: Schema, current: unknown): readonly unknown[] {
  if (schema.const !== undefined) return [];
  if (schema.enum !== undefined) return schema.enum;
  switch (schema.type) {
    case 'boolean':
      return [current !== true];
    case 'integer':
      return [Number(current) + 1, Number(current) - 1].filter((n) => within(schema, n));
    case 'string':
      return [`${current}x`, ...pool].filter((text) => accepts(schema, text));
    default:
      return ['changed']; // a free JSON value
  }
}

function within({ minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }: Schema, n: number) {
  return minimum <= n && n <= maximum;
}

function accepts({ pattern, maxLength = Number.POSITIVE_INFINITY }: Schema, text: string): boolean {
  return text.length <= maxLength && (pattern === undefined || new RegExp(pattern).test(text));
}

/** Copies of `root` in which one place has another value or is gone. */
export function* mutants(root: unknown, { schema, path, isKey }: Occurrence, hints?: readonly unknown[]) {
  const current = isKey ? path.at(-1) : valueAt(root, path);
  for (const value of otherValues(schema, current, hints)) {
    yield isKey ? renamed(root, path, String(value)) : replaced(root, path, value);
  }
  if (schema.const === undefined) yield removed(root, path);
}

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce((value: unknown, key) => (value as Record<string | number, unknown>)[key], root);
}

export function replaced(root: unknown, path: Path, value: unknown): unknown {
  return edited(root, path, (parent, key) => {
    parent[key] = value;
  });
}

function removed(root: unknown, path: Path): unknown {
  return edited(root, path, (parent, key) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  });
}

function renamed(root: unknown, path: Path, name: string): unknown {
  return edited(root, path, (parent, key) => {
    const value = parent[key];
    delete parent[key];
    parent[name] = value;
  });
}

function edited(
  root: unknown,
  path: Path,
  edit: (parent: Record<string | number, unknown>, key: string | number) => void,
): unknown {
  const copy: unknown = structuredClone(root);
  const key = path.at(-1);
  const parent = valueAt(copy, path.slice(0, -1));
  if (key === undefined || typeof parent !== 'object' || parent === null)
    throw new Error(`nothing at ${path.join('.')}`);
  edit(parent as Record<string | number, unknown>, key);
  return copy;
}

/** Every reference below one of `fields` (a name, a list of names, or a record keyed by names) follows a rename. */
export function withReferences(value: unknown, fields: readonly string[], from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, fields, from, to));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      withReferences(fields.includes(key) ? renameIn(item, from, to) : item, fields, from, to),
    ]),
  );
}

function renameIn(value: unknown, from: string, to: string): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => (item === from ? to : item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key === from ? to : key, item]));
}
