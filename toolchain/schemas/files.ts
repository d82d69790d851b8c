import { type Kind, kindNames } from '../../compiler/schema/kinds.ts';
import { editorSchema, outputSchema } from './editor-schema.ts';
import type { JsonSchema } from './json-schema.ts';

/** Where the JSON Schemas live, relative to the root of the configuration. */
export const schemaFolder = 'schemas';

/** `routing-profile.schema.json` */
export function schemaFile(kind: Kind): string {
  return `${kind.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.schema.json`;
}

/** Every file of the schema folder by its path from the root, with its text. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const byFile: readonly (readonly [string, JsonSchema])[] = [
    ...kindNames.map((kind) => [schemaFile(kind), editorSchema(kind)] as const),
    ['findings.schema.json', outputSchema()],
  ];
  return new Map(byFile.map(([name, schema]) => [`${schemaFolder}/${name}`, `${JSON.stringify(schema, null, 2)}\n`]));
}
