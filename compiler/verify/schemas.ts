import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { type Artifacts, artifactSchemas } from '../../contract/artifacts/artifacts.ts';

type Name = keyof typeof artifactSchemas;

let validators: ReadonlyMap<Name, ValidateFunction> | undefined;

/** Compiled once: the schemas are constants. */
function compiled(): ReadonlyMap<Name, ValidateFunction> {
  if (validators === undefined) {
    // The schemas are zod's work: to check and to polish them takes longer than to use them once.
    const ajv = new Ajv2020({
      allErrors: true,
      strict: false,
      validateFormats: false,
      validateSchema: false,
      code: { optimize: false },
    });
    const entries = Object.entries(artifactSchemas) as [Name, z.ZodType][];
    validators = new Map(entries.map(([name, schema]) => [name, ajv.compile(jsonSchemaOf(schema))]));
  }
  return validators;
}

/** Without the rule that a key is a string, which a key of JSON always is: to ask for it doubles the time. */
function jsonSchemaOf(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      const { propertyNames: names } = jsonSchema;
      if (typeof names === 'object' && names.type === 'string' && Object.keys(names).length === 1) {
        delete jsonSchema.propertyNames;
      }
    },
  });
}

/** Values of our own artifacts. */
export type Values = Readonly<Record<Name, unknown>>;

export function valuesOf(artifacts: Artifacts): Values {
  const names = Object.keys(artifactSchemas) as Name[];
  return Object.fromEntries(names.map((name) => [name, JSON.parse(artifacts[name])])) as Record<Name, unknown>;
}

/** Every artifact of ours against its JSON Schema. */
export function* schemaViolations(values: Values): Iterable<string> {
  for (const [name, validate] of compiled()) {
    if (validate(values[name])) continue;
    for (const error of validate.errors ?? []) yield `${name}${error.instancePath}: ${error.message ?? error.keyword}`;
  }
}
