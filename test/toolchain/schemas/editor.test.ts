import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Finding } from '../../../compiler/diagnostics/finding.ts';
import { findingsSchema } from '../../../compiler/diagnostics/findings-schema.ts';
import { renderers } from '../../../compiler/diagnostics/renderers.ts';
import { type Kind, kindNames, kindOf, kinds } from '../../../compiler/schema/kinds.ts';
import { parseFile } from '../../../compiler/source/parse.ts';
import { editorSchema, outputSchema } from '../../../toolchain/schemas/editor-schema.ts';
import { schemaFiles } from '../../../toolchain/schemas/files.ts';
import { children, type JsonSchema } from '../../../toolchain/schemas/json-schema.ts';
import { refinements } from '../../../toolchain/schemas/refinements.ts';
import { checksOf } from '../../../toolchain/schemas/rules.ts';
import { analysisOf, fixtures } from '../../compiler/corpus.ts';
import { type Files, filesIn, repository, treeOf } from '../../compiler/project.ts';

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
for (const word of ['markdownDescription', 'patternErrorMessage']) ajv.addKeyword(word);

const validators = Object.fromEntries(kindNames.map((kind) => [kind, ajv.compile(editorSchema(kind))])) as Readonly<
  Record<Kind, ValidateFunction>
>;

function complaintsAbout(path: string, value: unknown): string[] {
  const kind = kindOf(path);
  if (kind === undefined) return [];
  const validate = validators[kind];
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${path}${error.instancePath} ${error.message}`);
}

describe('every file that is right is right in an editor', () => {
  it.each([
    ['the example', filesIn(repository)],
    ['a project with every field', filesIn(`${repository}/test/compiler/projects/complete`)],
  ])('%s', (_, files: Files) => {
    const complaints = treeOf(files).files.flatMap((file) =>
      complaintsAbout(file.path, parseFile(file).document?.value),
    );
    expect(complaints).toEqual([]);
  });
});

/** Rules that a JSON Schema cannot say: only `validate` notices. */
const beyond = [
  ...Object.entries(refinements).flatMap(([message, rule]) => (rule === null ? [message] : [])),
  // It can say that there is one case without a condition, and not where.
  'this case of a conditional is the last and has a when',
  'this case of a conditional has no when',
  'a case before is called',
];

describe('an editor says of a file what the compiler says of its schema', () => {
  const files = fixtures.flatMap((fixture) => {
    const { findings, documents, tree } = analysisOf(fixture);
    return tree.files.map(({ path }) => ({
      name: `${fixture.name} ${path}`,
      path,
      value: documents.get(path)?.value,
      findings: findings.filter(({ place }) => place.file === path),
    }));
  });
  const hasFamily = (findings: readonly Finding[], family: RegExp) => findings.some(({ code }) => family.test(code));

  it('accepts what has no mistake of its schema', () => {
    const right = files.filter(
      // An editor offers no code that the project cannot change.
      ({ findings }) => !hasFamily(findings, /^(?:(?:schema|yaml|source|resource)\/|project\/unknown-code)/),
    );
    const complaints = right.flatMap(({ name, path, value }) =>
      complaintsAbout(path, value).map((complaint) => `${name}: ${complaint}`),
    );
    expect(right.length).toBeGreaterThan(100);
    expect(complaints).toEqual([]);
  });

  it('refuses what has, as far as a JSON Schema can say it', () => {
    const wrong = files.filter(({ findings }) =>
      findings.some(
        ({ code, message }) => code.startsWith('schema/') && !beyond.some((rule) => message.includes(rule)),
      ),
    );
    const accepted = wrong.filter(
      ({ path, value }) => value !== undefined && complaintsAbout(path, value).length === 0,
    );
    expect(wrong.length).toBeGreaterThan(10);
    expect(accepted.map(({ name }) => name)).toEqual([]);
  });
});

it('every rule that is code is written as JSON Schema, or listed as one that cannot be', () => {
  const rules = new Set<string>();
  for (const { schema } of Object.values(kinds)) {
    z.toJSONSchema(schema, {
      io: 'input',
      override: ({ zodSchema }) => {
        for (const { message, isCode } of checksOf(zodSchema)) if (isCode && message !== '') rules.add(message);
      },
    });
  }
  expect([...rules].sort()).toEqual(Object.keys(refinements).sort());
});

describe.each(kindNames)('the schema of %s', (kind) => {
  const leaves = [...leavesOf(editorSchema(kind), kind)];

  it('describes every leaf', () => {
    expect(leaves.filter(({ schema }) => (schema.description ?? '') === '').map(({ path }) => path)).toEqual([]);
  });

  it('says what every leaf may look like: by its words, its default or an example', () => {
    const bare = leaves.filter(
      ({ schema, example }) =>
        schema.enum === undefined &&
        schema.const === undefined &&
        schema.default === undefined &&
        schema.type !== 'boolean' &&
        schema.type !== 'null' &&
        !example,
    );
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it('has examples and defaults that are right', () => {
    const wrong = leaves.flatMap(({ path, schema }) => {
      const { markdownDescription: _, patternErrorMessage: __, ...plain } = schema;
      const validate = ajv.compile(plain);
      const shown = [...(schema.examples ?? []), ...(schema.default === undefined ? [] : [schema.default])];
      return shown.filter((value) => !validate(value)).map((value) => `${path}: ${JSON.stringify(value)}`);
    });
    expect(wrong).toEqual([]);
  });
});

interface Leaf {
  readonly path: string;
  readonly schema: JsonSchema;
  /** Whether it, or what it is an entry or a variant of, shows an example. */
  readonly example: boolean;
}

function* leavesOf(schema: JsonSchema, path: string, shown = false): Iterable<Leaf> {
  const example = shown || schema.examples !== undefined;
  const { properties, additionalProperties, items, anyOf = [], oneOf = [] } = schema;
  for (const [name, child] of Object.entries(properties ?? {})) yield* leavesOf(child, `${path}.${name}`);
  if (typeof additionalProperties === 'object') yield* leavesOf(additionalProperties, `${path}.*`, example);
  if (items !== undefined) yield* leavesOf(items, `${path}[]`, example);
  for (const variant of [...anyOf, ...oneOf]) {
    // Rules over fields, such as exactly one of, describe no value of their own.
    if (properties === undefined) yield* leavesOf(variant, path, example);
  }
  if (children(schema).length === 0) yield { path, schema, example };
}

it('shows a wrong value in words, not as a regular expression', () => {
  const name = editorSchema('Tenant').properties?.['metadata']?.properties?.['name'];
  expect(name?.patternErrorMessage).toMatch(/^a name is a DNS label/);
});

it('offers the codes whose severity can be changed, and no other', () => {
  const checks = editorSchema('Project').properties?.['spec']?.properties?.['checks'];
  expect(checks?.properties?.['reference/unused']?.default).toBe('warning');
  expect(checks?.properties).not.toHaveProperty('yaml/syntax');
});

it('describes what --format json prints', () => {
  const { findings } = analysisOf(fixtures.find(({ bad }) => bad) ?? expect.fail('there are no fixtures'));
  const validate = ajv.compile(outputSchema());
  const printed: unknown = JSON.parse(renderers.json(findings, { files: 1, sourceOf: () => undefined, style: String }));
  expect(validate(printed), JSON.stringify(validate.errors)).toBe(true);
  expect(findingsSchema.safeParse(printed).success).toBe(true);
});

it('is the same text each time', () => {
  expect([...schemaFiles()]).toEqual([...schemaFiles()]);
});
