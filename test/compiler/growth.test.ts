import { describe, expect, it } from 'vitest';
import type { CognitoClients } from '../../contract/artifacts/cognito-clients.ts';
import type { DecisionTable } from '../../contract/artifacts/decision-table.ts';
import type { TenantDirectory } from '../../contract/artifacts/tenants.ts';
import { type GatewayConfig, gatewayConfig, lookup } from './cel.ts';
import { filesIn, minimal, overlay, parsed, releaseOf, repository } from './project.ts';

const example = filesIn(repository);
const model = example['tenants/business/supply-chain.yaml'] ?? '';
const twin = model.replace('name: supply-chain', 'name: supply-twin').replace('CC-4100', 'CC-4101');

/** `more` without the entries that `few` does not have. Throws where they are not exactly `keys`. */
function less<T>(more: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  for (const key of keys) if (!(key in more)) throw new Error(`there is no ${key}`);
  return Object.fromEntries(Object.entries(more).filter(([key]) => !keys.includes(key)));
}

/** With a second model, so that one can be denied. */
const twoModels = overlay(minimal, {
  'routing/profiles/base.yaml': `${minimal['routing/profiles/base.yaml']}    spare: {single: {provider: anthropic, model: claude-sonnet}}\n`,
});

const european = {
  'routing/providers/anthropic-eu.yaml': (minimal['routing/providers/anthropic.yaml'] ?? '')
    .replace('{name: anthropic}', '{name: anthropic-eu}')
    .replace('residency: us', 'residency: eu'),
};

describe('a tenant that joins a class', () => {
  const before = releaseOf(example, 'prod');
  const after = releaseOf(overlay(example, { 'tenants/business/supply-twin.yaml': twin }), 'prod');

  it('adds a client and a row to the decision table', () => {
    const [old, now] = [before, after].map((release) => parsed<DecisionTable>(release, 'decision-table.json'));
    expect(now?.tenants['supply-twin']).toEqual({ ...old?.tenants['supply-chain'], costCenter: 'CC-4101' });
    expect({
      ...now,
      clients: less(now?.clients ?? {}, ['supply-twin/default']),
      tenants: less(now?.tenants ?? {}, ['supply-twin']),
    }).toEqual(old);
  });

  it('adds an app client and a directory entry', () => {
    const [old, now] = [before, after].map((release) => parsed<CognitoClients>(release, 'cognito-clients.json'));
    expect({ ...now, clients: less(now?.clients ?? {}, ['supply-twin/default']) }).toEqual(old);
    const [directory, longer] = [before, after].map((release) => parsed<TenantDirectory>(release, 'tenants.json'));
    expect({ ...longer, tenants: less(longer?.tenants ?? {}, ['supply-twin']) }).toEqual(directory);
  });

  it('changes nothing in the gateway config but two tables', () => {
    const [old, now] = [before, after].map(gatewayConfig) as [GatewayConfig, GatewayConfig];
    const [credentials, longer] = [old, now].map((config) => lookup(metadataOf(config)['credential']));
    expect(less(longer ?? {}, ['@{client:supply-twin/default}'])).toEqual(credentials);
    const [rows, more] = [old, now].map((config) => lookup(metadataOf(config)['tenant']));
    expect(less(more ?? {}, ['supply-twin'])).toEqual(rows);
    expect(without(now)).toEqual(without(old));
  });

  it.each(['guardrails.json', 'task.json', 'cost-table.json'] as const)('leaves %s as it is', (name) => {
    expect(after.artifacts[name]).toBe(before.artifacts[name]);
  });
});

function metadataOf(config: GatewayConfig): Readonly<Record<string, string>> {
  return config.gateways.default.transformations.request.metadata;
}

/** The config with the two tables of tenants taken out. */
function without(config: GatewayConfig): unknown {
  return JSON.parse(JSON.stringify(config), (key, value: unknown) =>
    key === 'credential' || key === 'tenant' ? null : value,
  );
}

describe('class ids', () => {
  const table = (files: typeof minimal) => parsed<DecisionTable>(releaseOf(files, 'dev'), 'decision-table.json');
  const acme = minimal['tenants/acme.yaml'] ?? '';
  const profile = minimal['routing/profiles/base.yaml'] ?? '';

  it('stay when the content of a profile changes', () => {
    const edited = overlay(minimal, { 'routing/profiles/base.yaml': profile.replace('    sonnet:', '    opus:') });
    expect(Object.keys(table(edited).classes)).toEqual(Object.keys(table(minimal).classes));
    expect(table(edited).classes).not.toEqual(table(minimal).classes);
  });

  it.each([
    ['residency', '  residency: [us]\n'],
    ['allowed models', '  models: {allow: [sonnet]}\n'],
    ['denied models', '  models: {deny: ["spare*"]}\n'],
  ])('change with %s', (_, lines) => {
    const edited = overlay(twoModels, { 'tenants/acme.yaml': acme + lines });
    expect(Object.keys(table(edited).classes)).not.toEqual(Object.keys(table(twoModels).classes));
  });

  it('do not depend on the order in which residencies and models are listed', () => {
    const ids = ['{allow: [sonnet, "s*"], deny: [spare, "sp*"]}', '{allow: ["s*", sonnet], deny: ["sp*", spare]}'].map(
      (models, index) => {
        const residency = index === 0 ? '[us, eu]' : '[eu, us]';
        const text = `${acme}  residency: ${residency}\n  models: ${models}\n`;
        return Object.keys(table(overlay(twoModels, { ...european, 'tenants/acme.yaml': text })).classes);
      },
    );
    expect(ids[1]).toEqual(ids[0]);
  });
});
