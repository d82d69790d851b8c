import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Compilation } from '../../compiler/compile.ts';
import { kindOf } from '../../compiler/schema/kinds.ts';
import { quietWorld } from '../../toolchain/config-tests/engine.ts';
import { binary } from '../../toolchain/config-tests/engines.ts';
import { testedEnvironment } from '../../toolchain/config-tests/environment.ts';
import { binary as gateway } from '../toolchain/config-tests/binary-world.ts';
import { type Occurrence, occurrences, schemaOf } from './effect/leaves.ts';
import { mutants } from './effect/mutations.ts';
import { request } from './hostile.ts';
import { compiled, filesIn, overlay } from './project.ts';

/** Dollars for three kinds of variables, quotes, CEL, YAML and a backslash. */
const hostile = `Zed"]+fail("x")+["${'$'}HOME ${'$'}{OPENAI_API_KEY} ${'$'}1 it's }[jwt.client_id] # &a *b !c {{x}} \\`;

/** With line breaks where they may stand, and on one line. */
const forms = [`${hostile}\n  - a: b\r\n`, hostile];
const escaped = hostile.replaceAll(/[^A-Za-z0-9 ]/g, '\\$&');

interface Accepted extends Pick<Compilation, 'environments' | 'releases'> {
  readonly leaf: string;
  readonly form: string;
}

describe('a hostile text wherever a schema takes one', () => {
  const accepted: Accepted[] = [];

  beforeAll(() => {
    const files = filesIn(join(import.meta.dirname, 'projects/complete'));
    const lenient = { 'guardrail/example': 'off', 'routing/unreachable-case': 'off', 'access/no-models': 'off' };
    const project = { ...(parse(files['gatewright.yaml'] ?? '') as { spec: object }) };
    const complete = overlay(files, {
      'gatewright.yaml': JSON.stringify({ ...project, spec: { ...project.spec, checks: lenient } }),
    });
    for (const [file, text] of Object.entries(complete)) {
      const kind = kindOf(file);
      // A config test changes no artifact.
      if (kind === 'ConfigTest') continue;
      const value: unknown = parse(text);
      for (const occurrence of kind === undefined ? [] : occurrences(schemaOf(kind), kind, value)) {
        if (accepted.some(({ leaf }) => leaf === occurrence.leaf)) continue;
        accepted.push(...firstAccepted(complete, file, value, occurrence));
      }
    }
  });

  it('is taken by these fields', () => {
    expect([...new Set(accepted.map(({ leaf }) => leaf))].sort()).toEqual([
      'Environment.spec.safety.acknowledge[].reason',
      'Federation.spec.identityProviders[]<oidc>.clientId',
      'Federation.spec.identityProviders[]<oidc>.groupsClaim',
      'Federation.spec.identityProviders[]<oidc>.scopes[]',
      'Federation.spec.identityProviders[]<saml>.groupsAttribute',
      'Guardrail.spec.bedrock.deniedTopics[].definition',
      'Guardrail.spec.bedrock.deniedTopics[].examples[]',
      'Guardrail.spec.bedrock.words.list[]',
      'Guardrail.spec.examples.allowed[]',
      'Guardrail.spec.examples.blocked[]',
      'Guardrail.spec.patterns[].regex',
      'Guardrail.spec.rejection.message',
      'RoutingProfile.spec.models.*.conditional[].when.header.equals',
      'RoutingProfile.spec.models.*.parameters.defaults.*',
      'RoutingProfile.spec.models.*.parameters.defaults.{}',
      'RoutingProfile.spec.models.*.parameters.overrides.*',
      'RoutingProfile.spec.models.*.parameters.overrides.{}',
      'Tenant.metadata.costCenter',
      'Tenant.metadata.displayName',
      'Tenant.metadata.orgUnit',
      'Tenant.spec.groups[]',
    ]);
  });

  it('comes out of the expansion of the config as it went in, and nothing else is expanded', () => {
    for (const { leaf, form, releases } of accepted) {
      for (const { artifacts } of releases) {
        const config: unknown = JSON.parse(expanded(artifacts['agentgateway.json']));
        for (const text of stringsOf(config))
          if (text.includes('Zed')) expect([leaf, carries(text, form)]).toEqual([leaf, true]);
      }
    }
  });

  it.skipIf(gateway.isMissing)(
    `is in a config that the gateway takes${gateway.note}`,
    { timeout: 120_000 },
    async () => {
      for (const { leaf, environments, releases } of accepted) {
        for (const [index, release] of releases.entries()) {
          const environment = environments[index];
          if (environment === undefined) throw new Error('a release has an environment');
          const engine = await binary(gateway.executable)(testedEnvironment(environment, release));
          const [client = ''] = Object.keys(environment.table.data.clients);
          const [outcome] = await engine.run({ ...request('hello'), client, credential: 'missing' }, quietWorld, 1);
          await engine.close();
          expect([leaf, outcome?.observation.status]).toEqual([leaf, 401]);
        }
      }
    },
  );

  it('stays JSON in every other artifact', () => {
    for (const { leaf, form, releases } of accepted) {
      for (const { artifacts } of releases) {
        const { 'agentgateway.json': _, ...others } = artifacts;
        const texts = Object.values(others).flatMap((artifact) => stringsOf(JSON.parse(artifact)));
        for (const text of texts) if (text.includes('Zed')) expect([leaf, carries(text, form)]).toEqual([leaf, true]);
      }
    }
  });
});

function firstAccepted(
  complete: Readonly<Record<string, string>>,
  file: string,
  value: unknown,
  occurrence: Occurrence,
): readonly Accepted[] {
  const { type = 'string', pattern = '', const: constant, enum: words } = occurrence.schema;
  if (type !== 'string' || constant !== undefined || words !== undefined) return [];
  for (const form of (occurrence.leaf.endsWith('.regex') ? [escaped] : forms).filter((text) =>
    new RegExp(pattern, 'u').test(text),
  )) {
    const [mutant] = mutants(value, occurrence, [form]);
    const { environments, releases } = compiled(overlay(complete, { [file]: JSON.stringify(mutant) }));
    if (releases.length > 0) return [{ leaf: occurrence.leaf, form, environments, releases }];
  }
  return [];
}

/** What the gateway reads; it fails to load where a dollar is neither doubled nor a secret's. */
function expanded(text: string): string {
  return text.replaceAll(/\$\$|\$\{GW_SECRET_[A-Z0-9_]+\}|\$/g, (found) => {
    if (found === '$') throw new Error('a dollar is not doubled');
    return found === '$$' ? '$' : 'secret';
  });
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...stringsOf(item)]);
}

/** As it is, or as a literal in CEL or JSON, or as one in JSON text that is itself a literal. */
function carries(text: string, form: string): boolean {
  const literal = (inner: string) => JSON.stringify(inner).slice(1, -1);
  return [form, literal(form), literal(literal(form))].some((written) => text.includes(written));
}
