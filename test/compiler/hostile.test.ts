import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { analyse } from '../../compiler/analyse.ts';
import type { Release } from '../../compiler/emit/release.ts';
import { kindOf } from '../../compiler/schema/kinds.ts';
import type { CognitoClients } from '../../contract/artifacts/cognito-clients.ts';
import type { GuardrailDefinitions } from '../../contract/artifacts/guardrails.ts';
import type { Task } from '../../contract/artifacts/task.ts';
import type { TenantDirectory } from '../../contract/artifacts/tenants.ts';
import { gatewayConfig, lookup } from './cel.ts';
import { occurrences, schemaOf } from './effect/leaves.ts';
import { replaced, valueAt } from './effect/mutations.ts';
import { hostileTexts, labelOf, quoted } from './hostile.ts';
import { compiled, day, filesIn, line, minimal, overlay, parsed, releaseOf, repository, treeOf } from './project.ts';

describe.each(hostileTexts.map((text) => [JSON.stringify(text), text]))('%s stays text', (_, text) => {
  const release = releaseOf(carrying(text), 'dev');
  const label = labelOf(text);

  it('in the gateway config', () => {
    const config = gatewayConfig(release);
    const row = lookup(config.gateways.default.transformations.request.metadata['tenant'])['acme'] ?? '';
    expect(JSON.parse(row)).toMatchObject({ id: 'acme', cc: label });
    const ai = config.routes.find(({ name }) => name.startsWith('base.sonnet.g-'))?.policies.ai;
    expect(ai?.defaults).toEqual({ [text]: [text] });
    expect(ai?.overrides).toEqual({ deep: { [text]: text } });
  });

  it('in every other artifact', () => {
    const { tenants, federation } = parsed<TenantDirectory>(release, 'tenants.json');
    expect(tenants['acme']).toMatchObject({ displayName: label, costCenter: label, orgUnit: label, groups: [label] });
    expect(federation?.identityProviders).toMatchObject([{ groupsAttribute: label }]);
    const [acknowledged] = parsed<CognitoClients>(release, 'cognito-clients.json').deletion.acknowledged;
    expect(acknowledged?.reason).toBe(text);
    const guard = parsed<GuardrailDefinitions>(release, 'guardrails.json').guardrails['guard'];
    expect(guard).toMatchObject({
      rejection: { message: text },
      bedrock: { words: [text], topics: [{ definition: text }] },
    });
  });

  it('in a form that a YAML 1.1 reader takes as it is', () => {
    for (const artifact of Object.values(release.artifacts)) expect(artifact).toMatch(plainYaml);
  });
});

/** What libyaml accepts, without what it folds: U+0085, U+2028 and U+2029 are line breaks there. */
const plainYaml = /^[\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

it('any text is a cost centre', () => {
  const acme = minimal['tenants/acme.yaml'] ?? '';
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 60 })
    .map(labelOf)
    .filter((t) => !t.includes('@{') && t !== '');
  const property = fc.property(text, (costCenter) => {
    const files = overlay(minimal, { 'tenants/acme.yaml': acme.replace('CC-1', () => escaped(costCenter)) });
    const { tenant } = gatewayConfig(releaseOf(files, 'dev')).gateways.default.transformations.request.metadata;
    expect(JSON.parse(lookup(tenant)['acme'] ?? '')).toMatchObject({ cc: costCenter });
  });
  fc.assert(property, { numRuns: 60 });
});

/** As a YAML text of ASCII only: what cannot be seen may be written as an escape and not otherwise. */
function escaped(text: string): string {
  const asEscape = (letter: string) => `\\U${(letter.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
  return quoted(text).replace(/[^ -~]/gu, asEscape);
}

describe('names that reach the gateway as code or as a header', () => {
  const profile = (model: string) =>
    minimal['routing/profiles/base.yaml']?.replace('sonnet:', `${quoted(model)}:`) ?? '';

  it.each(['a"b', 'a$b', 'a{b', 'a\\b', 'a b', 'a\nb', '!token', '@claim', ''])('a model %j is refused', (model) => {
    const { findings, releases } = compiled(overlay(minimal, { 'routing/profiles/base.yaml': profile(model) }));
    expect(findings.map(({ code }) => code)).toContain('schema/invalid-value');
    expect(releases).toEqual([]);
  });

  it.each(['a/b:c@d-e.f_g', 'A', '0', '123', 'toString'])('a model %j is a key like any other', (model) => {
    const release = releaseOf(overlay(minimal, { 'routing/profiles/base.yaml': profile(model) }), 'dev');
    const config = gatewayConfig(release);
    const rules = lookup(config.gateways.default.transformations.request.metadata['decision']);
    expect(Object.entries(rules).map(([key, rule]) => [key.replace(/^c-[0-9a-f]{10}/, 'class'), rule])).toEqual([
      [`class/${model}`, `base.${model}`],
    ]);
    const route = config.routes.find(({ name }) => name === `base.${model}-00`);
    expect(route?.matches?.[0]?.headers).toEqual([{ name: 'x-gw-rule', value: { exact: `base.${model}` } }]);
  });
});

describe('a token of the deployer', () => {
  const complete = filesIn(join(import.meta.dirname, 'projects/complete'));
  const values = Object.fromEntries(Object.entries(complete).map(([file, text]) => [file, parse(text) as unknown]));

  it.each(Object.keys(values))('is refused in every string of %s', (file) => {
    const kind = kindOf(file);
    const accepted = (kind === undefined ? [] : occurrences(schemaOf(kind), kind, values[file])).filter(
      ({ path, isKey }) => {
        if (isKey || typeof valueAt(values[file], path) !== 'string') return false;
        const mutant = JSON.stringify(replaced(values[file], path, 'x @{release}'));
        const { findings } = analyse({ tree: treeOf({ ...complete, [file]: mutant }), date: day });
        return !findings.some(({ code, severity }) => code === 'security/reserved-token' && severity === 'error');
      },
    );
    expect(accepted.map(({ path }) => path.join('.'))).toEqual([]);
  });

  it('cannot be switched back on', () => {
    const project = minimal['gatewright.yaml'] ?? '';
    const acme = minimal['tenants/acme.yaml'] ?? '';
    const { findings } = compiled(
      overlay(minimal, {
        'gatewright.yaml': `${project}  checks: {security/reserved-token: off}\n`,
        'tenants/acme.yaml': acme.replace('CC-1', '"@{linked}"'),
      }),
    );
    expect(
      findings.filter(({ code, severity }) => code === 'security/reserved-token' && severity === 'error'),
    ).toHaveLength(1);
  });
});

describe('secrets', () => {
  const canary = 'sk-CANARY-0123456789';

  it('are references in every artifact', () => {
    const release = releaseOf(filesIn(repository), 'prod');
    const { containers } = parsed<Task>(release, 'task.json');
    const provided = containers.flatMap(({ secrets }) => Object.entries(secrets));
    expect(provided.length).toBeGreaterThan(3);
    for (const [, value] of provided) expect(value).toMatch(/^@\{secret:[a-z0-9-]+\}$/);
    expect(keysOf(release)).toEqual(provided.map(([name]) => `${'$'}{${name}}`).sort());
  });

  it('that were written into a comment are in no artifact', () => {
    const commented = Object.entries(minimal).map(([path, text]) => [path, `# ${canary}\n${text}# ${canary}\n`]);
    const release = releaseOf(Object.fromEntries(commented), 'dev');
    expect(Object.values(release.artifacts).join('')).not.toContain('CANARY');
  });

  it.each(['{secret: X}', 'X'])('that were written where a name belongs are in no finding: %s', (form) => {
    const provider = minimal['routing/providers/anthropic.yaml'] ?? '';
    const text = provider.replace('{secret: anthropic-key}', form.replace('X', canary));
    const { findings } = compiled(overlay(minimal, { 'routing/providers/anthropic.yaml': text }));
    expect(findings.map(line).join('\n')).toMatch(/credentials/);
    expect(findings.map(line).join('\n')).not.toContain('CANARY');
  });
});

/** The keys with which the gateway authenticates to providers, each once. */
function keysOf(release: Release): string[] {
  const keys = new Set<string>();
  JSON.parse(release.artifacts['agentgateway.json'], (name, value: { readonly key?: unknown }) => {
    if (name === 'backendAuth' && value.key !== undefined) keys.add(String(value.key));
    return value;
  });
  return [...keys].sort();
}

/** A project in which a text stands wherever free text may. */
function carrying(text: string): ReturnType<typeof overlay> {
  const t = quoted(text);
  const label = quoted(labelOf(text));
  const header = (kind: string, name: string) =>
    `apiVersion: gatewright/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n`;
  return overlay(minimal, {
    'tenants/acme.yaml': `apiVersion: gatewright/v1
kind: Tenant
metadata: {name: acme, displayName: ${label}, owners: ["@acme/all"], costCenter: ${label}, orgUnit: ${label}}
spec: {tier: standard, routing: base, guardrails: [guard], clients: [{name: default}], groups: [${label}]}
`,
    'tenants/federation.yaml': `${header('Federation', 'federation')}  client: {name: workforce, callbackUrls: [https://portal.example/]}
  tenantClaim: tenant
  identityProviders: [{name: sso, type: saml, metadataUrl: https://sso.example/, groupsAttribute: ${label}}]
`,
    'routing/profiles/base.yaml': `${header('RoutingProfile', 'base')}  models:
    sonnet:
      parameters: {defaults: {${t}: [${t}]}, overrides: {deep: {${t}: ${t}}}}
      single: {provider: anthropic, model: claude-sonnet}
`,
    'guardrails/guard.yaml': `${header('Guardrail', 'guard')}  mode: enforce
  phases: [request]
  bedrock: {words: {list: [${t}]}, deniedTopics: [{name: topic, definition: ${t}}]}
  rejection: {message: ${t}}
`,
    'infra/environments/dev.yaml': `${minimal['infra/environments/dev.yaml']}  safety:
    acknowledge: [{change: delete-client, upTo: 1, until: 2026-12-31, reason: ${t}}]
`,
  });
}
