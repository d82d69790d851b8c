import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** What agentgateway's own JSON Schema, which this project does not contain, says against a config. */
export function gatewaySchemaProblems(config: string, schemaFile: string): string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
  if (validate(JSON.parse(config))) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath}: ${error.message ?? error.keyword}`);
}
