import { z } from 'zod';
import { codes, isLocked } from '../../compiler/diagnostics/codes.ts';
import { type Severity, severities } from '../../compiler/diagnostics/finding.ts';
import { findingsSchema } from '../../compiler/diagnostics/findings-schema.ts';
import { type Kind, kinds } from '../../compiler/schema/kinds.ts';
import { children, type JsonSchema } from './json-schema.ts';
import { purposes } from './purposes.ts';
import { refinements } from './refinements.ts';
import { checksOf } from './rules.ts';

/** The JSON Schema of a kind as editors want it: what zod knows, what its rules say, and texts for completion and hover. */
export function editorSchema(kind: Kind): JsonSchema {
  const root = published(kinds[kind].schema, kind, purposes[kind]);
  polish(root, purposes[kind]);
  if (kind === 'Project') offerCodes(fieldOf(root, 'spec', 'checks'));
  if (kind === 'RoutingProfile')
    Object.assign(fieldOf(root, 'spec', 'models', '*', 'conditional'), oneUnconditionalCase);
  return root;
}

/** What `--format json` prints, for machines that read it. */
export function outputSchema(): JsonSchema {
  return published(findingsSchema, 'Findings', 'Findings of gatewright, as --format json prints them');
}

function published(zodSchema: z.ZodType, title: string, description: string): JsonSchema {
  const schema = z.toJSONSchema(zodSchema, {
    io: 'input',
    override: ({ zodSchema: part, jsonSchema }) => express(part, jsonSchema as JsonSchema),
  }) as JsonSchema;
  const { $schema, $defs: _, description: __, ...rest } = schema;
  return { $schema: $schema ?? '', $id: `urn:gatewright:schema:${title}`, title, description, ...rest };
}

/** Writes the rules of a zod schema, and what they say when they are broken, into its JSON Schema. */
function express(zodSchema: z.core.$ZodType, schema: JsonSchema): void {
  for (const { message, isPattern } of checksOf(zodSchema)) {
    if (isPattern && schema.pattern !== undefined) schema.patternErrorMessage = message;
    const rule = refinements[message];
    if (rule !== undefined && rule !== null) add(schema, rule);
  }
}

/** Into the schema itself where its keywords are free, so that editors find them; beside it otherwise. */
function add(schema: JsonSchema, rule: JsonSchema): void {
  const taken = Object.entries(rule).some(
    ([word, value]) => word in schema && JSON.stringify(schema[word as keyof JsonSchema]) !== JSON.stringify(value),
  );
  if (!taken) Object.assign(schema, rule);
  else if (!schema.allOf?.some((known) => JSON.stringify(known) === JSON.stringify(rule))) {
    schema.allOf = [...(schema.allOf ?? []), rule];
  }
}

/** From the top down: what has no description of its own is described by what it is a part of. */
function polish(schema: JsonSchema, inherited: string): void {
  // Any JSON value: no editor needs to be told what JSON is.
  if (schema.$ref !== undefined) delete schema.$ref;
  // Its pattern says more, and not every validator knows the format.
  if (schema.format === 'date') delete schema.format;
  nameKeys(schema);
  schema.description ??= inherited;
  if (schema.default !== undefined && !isEmpty(schema.default)) {
    schema.markdownDescription = `${schema.description}\n\nDefault: \`${JSON.stringify(schema.default)}\``;
  }
  for (const child of children(schema)) polish(child, schema.description);
}

/** Keys from a closed list are offered by editors as fields are. */
function nameKeys(schema: JsonSchema): void {
  const names = schema.propertyNames?.enum;
  const value = schema.additionalProperties;
  if (names === undefined || typeof value !== 'object') return;
  schema.properties = Object.fromEntries(names.map((name) => [String(name), structuredClone(value)]));
  schema.additionalProperties = false;
  delete schema.propertyNames;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** `*` is any key. */
function fieldOf(root: JsonSchema, ...path: readonly string[]): JsonSchema {
  return path.reduce((schema: JsonSchema, step) => {
    const field = step === '*' ? schema.additionalProperties : schema.properties?.[step];
    if (typeof field !== 'object') throw new Error(`${root.title} has no field ${path.join('.')}`);
    return field;
  }, root);
}

/** The rule speaks for each case by itself. That the case without a condition is the last one JSON Schema cannot say. */
const oneUnconditionalCase: JsonSchema = {
  contains: { type: 'object', not: { type: 'object', properties: { when: {} }, required: ['when'] } },
  minContains: 1,
  maxContains: 1,
};

/** The finding codes whose severity a project may change, each with its law. */
function offerCodes(checks: JsonSchema): void {
  const free = Object.entries(codes).filter(([code]) => !isLocked(code));
  checks.properties = Object.fromEntries(free.map(([code, { law, severity }]) => [code, severityOf(law, severity)]));
  checks.additionalProperties = false;
  delete checks.propertyNames;
}

function severityOf(law: string, severity: Severity): JsonSchema {
  const markdownDescription = `${law}\n\nDefault: \`${severity}\``;
  return { type: 'string', enum: [...severities, 'off'], default: severity, description: law, markdownDescription };
}
