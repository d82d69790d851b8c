import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { type Artifacts, artifactSchemas } from '../../contract/artifacts/artifacts.ts';

type Name = keyof typeof artifactSchemas;

let validators: ReadonlyMap<Name, ValidateFunction> | undefined;

/** Compiled once: the schemas are constants. */
function compiled(): ReadonlyMap<Name, ValidateFunction> {
  if (validators === undefined) {
    const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
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

/** Every artifact of ours against its JSON Schema. */
export function* schemaViolations(artifacts: Artifacts): Iterable<string> {
  for (const [name, validate] of compiled()) {
    if (validate(JSON.parse(artifacts[name]))) continue;
    for (const error of validate.errors ?? []) yield `${name}${error.instancePath}: ${error.message ?? error.keyword}`;
  }
}
