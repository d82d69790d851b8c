import { join } from 'node:path';
import { analyse } from '../../compiler/analyse.ts';
import type { AnalysedEnvironment } from '../../compiler/analysis.ts';
import { readTree } from '../../compiler/source/read.ts';
import type { SourceTree } from '../../compiler/source/tree.ts';
import { day } from '../../test/day.ts';

const root = join(import.meta.dirname, '../..');

const inEurope = '{provider: bedrock-eu, model: eu.anthropic.claude-haiku-5-5}';
const inAmerica = '{provider: bedrock-us, model: us.anthropic.claude-haiku-5-5}';
const direct = '{provider: anthropic, model: claude-haiku-5-5}';

/** Tenants and models that an example of good practice has no use for. */
const odd: Readonly<Record<string, string>> = {
  'tenants/odd/zero.yaml': tenant('zero', 'routing: odd', 'limits: {requestsPerMinute: 0}'),
  'tenants/odd/paused.yaml': tenant('paused', 'routing: odd', 'status: suspended'),
  'tenants/odd/gone.yaml': tenant('gone', 'routing: odd', 'status: retired', 'retiredOn: 2026-11-01'),
  'tenants/odd/resident.yaml': tenant(
    'resident',
    'routing: bedrock-first',
    'residency: [us]',
    'models: {deny: [claude-opus-5-5, claude-auto]}',
  ),
  'tenants/odd/abroad.yaml': tenant('abroad', 'routing: odd', 'residency: [eu]'),
  'tenants/odd/anywhere.yaml': tenant('anywhere', 'routing: odd'),
  'routing/profiles/odd.yaml': [
    'apiVersion: gatewright/v1',
    'kind: RoutingProfile',
    'metadata: {name: odd}',
    'spec:',
    '  extends: base',
    '  models:',
    '    odd-auto:',
    '      conditional:',
    '        - when: {stream: true, maxTokensOver: 10}',
    `          single: ${inEurope}`,
    `        - single: ${inAmerica}`,
    '    odd-split:',
    '      weighted:',
    `        - {share: 1, fallback: {targets: [${inEurope}, ${inAmerica}, ${direct}]}}`,
    `        - {share: 2, fallback: {targets: [${direct}, ${inEurope}]}}`,
    '',
  ].join('\n'),
};

function tenant(name: string, ...fields: readonly string[]): string {
  return [
    'apiVersion: gatewright/v1',
    'kind: Tenant',
    `metadata: {name: ${name}, displayName: Odd, owners: [ops@acme.example], costCenter: 'CC-$1'}`,
    'spec:',
    ...['tier: standard', 'clients: [{name: default}]', ...fields].map((field) => `  ${field}`),
    '',
  ].join('\n');
}

/** Every environment of the example, with some odd tenants, and of the project that uses every field. */
export function environments(): readonly AnalysedEnvironment[] {
  const example = readTree(root);
  const files = [...example.files, ...Object.entries(odd).map(([path, text]) => ({ path, content: bytes(text) }))];
  const complete = readTree(join(root, 'test/compiler/projects/complete'));
  return [complete, { files }].flatMap(analysed);
}

/** A project may turn this check off; the table has to be right then too. */
const tolerated = 'routing/residency-case';

function analysed(tree: SourceTree): readonly AnalysedEnvironment[] {
  const { findings, environments: found } = analyse({ tree, date: day });
  const error = findings.find(({ severity, code }) => severity === 'error' && code !== tolerated);
  if (error !== undefined) throw new Error(`${error.place.file}: ${error.code}: ${error.message}`);
  return found;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
