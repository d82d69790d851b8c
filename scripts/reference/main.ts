import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { codes } from '../../compiler/diagnostics/codes.ts';
import { kindNames, kinds } from '../../compiler/schema/kinds.ts';
import { type Field, fieldsOf, type JsonSchema } from './fields.ts';

/** Writes docs/reference.md from the schemas and the registry of codes; `--check` only says whether it is stale. */

const file = new URL('../../docs/reference.md', import.meta.url);

function reference(): string {
  return [
    '<!-- Generated from compiler/schema and compiler/diagnostics/codes.ts by `npm run reference`; do not edit. -->',
    '# Reference',
    'Every field of every kind, and every code that a finding can have. [configuration.md](configuration.md) explains.',
    ...kindNames.map(kindSection),
    '## Findings',
    'The severity is the default; `checks` in gatewright.yaml changes it, except for `security/*`.',
    codesTable(),
  ].join('\n\n');
}

function kindSection(kind: (typeof kindNames)[number]): string {
  const { schema, example } = kinds[kind];
  const fields = fieldsOf(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
  const told = fields.filter(({ path }) => !['apiVersion', 'kind', 'metadata', 'spec'].includes(path));
  const rows = told.map(row);
  return [
    `## ${kind}`,
    `\`${example}\``,
    ['| field | type | default | |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function row({ path, type, required, default: fallback, variants, description }: Field): string {
  const value = required ? '**required**' : fallback === undefined ? '' : `\`${cell(fallback)}\``;
  const only = variants.length === 0 ? '' : `${variants.join(', ')} only. `;
  return `| \`${path}\` | ${cell(type)} | ${value} | ${only}${cell(description)} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function codesTable(): string {
  const rows = Object.entries(codes).map(([code, { severity, law }]) => `| \`${code}\` | ${severity} | ${cell(law)} |`);
  return ['| code | severity | law |', '|---|---|---|', ...rows, ''].join('\n');
}

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== reference()) {
    console.error('docs/reference.md is stale: run npm run reference');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, reference());
}
