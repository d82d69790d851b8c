import { z } from 'zod';
import { type Kind, kinds } from '../../../compiler/schema/kinds.ts';

/** The parts of JSON Schema that z.toJSONSchema gives for our kinds. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
}

export type Path = readonly (string | number)[];

/** A leaf of a kind's schema at one place of one file. `path` ends at the value, or with `isKey` at the entry whose key it is. */
export interface Occurrence {
  readonly leaf: string;
  readonly schema: Schema;
  readonly path: Path;
  readonly isKey: boolean;
}

export function schemaOf(kind: Kind): Schema {
  return z.toJSONSchema(kinds[kind].schema, { io: 'input' }) as Schema;
}

/**
 * Names of all leaves: `a.b[]` is an item of a list, `a.*` a value of a record, `a.{}` its keys, `a<bedrock>` and `a<1>`
 * the branches of a choice. A free JSON value is one leaf.
 */
export function leaves(schema: Schema, name: string): Map<string, Schema> {
  const found = new Map<string, Schema>();
  collect(schema, name, found);
  return found;
}

function collect(schema: Schema, name: string, found: Map<string, Schema>): void {
  const branches = branchesOf(schema);
  if (branches !== undefined) {
    for (const [label, branch] of branches) collect(branch, `${name}<${label}>`, found);
  } else if (schema.items !== undefined) {
    collect(schema.items, `${name}[]`, found);
  } else if (schema.type === 'object') {
    for (const [key, property] of Object.entries(schema.properties ?? {})) collect(property, `${name}.${key}`, found);
    const values = valuesOf(schema);
    if (values === undefined) return;
    if (schema.propertyNames !== undefined) found.set(`${name}.{}`, schema.propertyNames);
    collect(values, `${name}.*`, found);
  } else {
    found.set(name, schema);
  }
}

/** Where the leaves of a schema stand in a value. */
export function occurrences(schema: Schema, name: string, value: unknown, path: Path = []): Occurrence[] {
  const branches = branchesOf(schema);
  if (branches !== undefined) {
    const [label, branch] = branches.find(([, candidate]) => fits(candidate, value)) ?? [];
    return branch === undefined ? [] : occurrences(branch, `${name}<${label}>`, value, path);
  }
  if (schema.items !== undefined) {
    const { items } = schema;
    return Array.isArray(value) ? value.flatMap((v, i) => occurrences(items, `${name}[]`, v, [...path, i])) : [];
  }
  if (schema.type !== 'object') return [{ leaf: name, schema, path, isKey: false }];
  const { properties = {}, propertyNames } = schema;
  const values = valuesOf(schema);
  return Object.entries(isRecord(value) ? value : {}).flatMap(([key, item]): Occurrence[] => {
    const here = [...path, key];
    const property = properties[key];
    if (property !== undefined) return occurrences(property, `${name}.${key}`, item, here);
    if (values === undefined) return [];
    const ofKey = { leaf: `${name}.{}`, schema: propertyNames ?? {}, path: here, isKey: true };
    return [...(propertyNames === undefined ? [] : [ofKey]), ...occurrences(values, `${name}.*`, item, here)];
  });
}

function valuesOf({ additionalProperties }: Schema): Schema | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** A reference leads to the recursive schema of a free JSON value: one leaf. */
function branchesOf(schema: Schema): readonly (readonly [string, Schema])[] | undefined {
  const branches = schema.oneOf ?? schema.anyOf;
  return branches?.map((branch, index) => [labelOf(branch) ?? String(index), branch] as const);
}

function labelOf(branch: Schema): string | undefined {
  const label = branch.const ?? Object.values(branch.properties ?? {}).find((p) => p.const !== undefined)?.const;
  return label === undefined ? undefined : String(label);
}

function fits(branch: Schema, value: unknown): boolean {
  const branches = branchesOf(branch);
  if (branches !== undefined) return branches.some(([, one]) => fits(one, value));
  if (branch.const !== undefined) return branch.const === value;
  if (branch.enum !== undefined) return branch.enum.includes(value);
  if (!isRecord(value)) return value === null ? branch.type === 'null' : branch.type === primitiveOf(value);
  if (branch.type !== 'object') return false;
  return Object.entries(branch.properties ?? {}).every(([key, p]) => p.const === undefined || p.const === value[key]);
}

function primitiveOf(value: unknown): string {
  return typeof value === 'number' ? 'integer' : typeof value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
