import { describe, expect, it } from 'vitest';
import type { CostTable } from '../../contract/artifacts/cost-table.ts';
import type { DecisionTable } from '../../contract/artifacts/decision-table.ts';
import { gatewayConfig } from './cel.ts';
import { day, filesIn, parsed, releaseOf, repository } from './project.ts';

const release = releaseOf(filesIn(repository), 'prod');
const config = gatewayConfig(release);
const table = parsed<DecisionTable>(release, 'decision-table.json');

interface Catalogue {
  readonly providers: Readonly<
    Record<string, { readonly models: Readonly<Record<string, { rates: Record<string, string> }>> }>
  >;
}

const [{ inline: catalogue }] = config.config.modelCatalog as [{ inline: Catalogue }];

/** Backends of models; services and webhooks are backends as well. */
const modelBackends = config.backends.flatMap((backend) =>
  backend.ai === undefined ? [] : [{ ...backend, ai: backend.ai }],
);

const providers = modelBackends.flatMap(({ ai }) => ai.groups.flatMap((group) => group.providers));

/** Every name of a provider that the gateway logs, and the model that it is then asked for. */
const catalogueKeys: Readonly<Record<string, string>> = {
  bedrock: 'aws.bedrock',
  anthropic: 'anthropic',
  openAI: 'openai',
  azure: 'azure',
};

describe('backends', () => {
  it('are shared, and every one is in use', () => {
    const used = new Set(config.routes.flatMap(({ backends = [] }) => backends.map(({ backend }) => backend)));
    expect([...used].sort()).toEqual(modelBackends.map(({ name }) => `/${name}`).sort());
    expect(modelBackends.length).toBeLessThan(Object.keys(table.rules).length);
  });

  it('fail over only with a health policy, which counts what is retried and failed connections', () => {
    for (const { name, ai, policies } of modelBackends) {
      expect(policies?.health === undefined, name).toBe(ai.groups.length === 1);
      if (policies?.health === undefined) continue;
      const { unhealthyExpression, eviction } = policies.health;
      expect(eviction.duration).toMatch(/^\d+m?s$/);
      const [, list] =
        /^proxy\.upstreamDuration != null && default\(response\.code, 599\) in \[([\d, ]+)\] && !\(/.exec(
          unhealthyExpression,
        ) ?? [];
      const routes = config.routes.filter(({ backends = [] }) =>
        backends.some(({ backend }) => backend === `/${name}`),
      );
      for (const { policies: p } of routes) expect(list).toBe([...(p.retry?.codes ?? []), 599].join(', '));
    }
  });

  it('have one provider in each group, under a name of its own', () => {
    for (const { ai } of modelBackends) {
      const names = ai.groups.map((group) => group.providers.map((p) => p['name']));
      expect(names.filter((group) => group.length !== 1)).toEqual([]);
      expect(new Set(names.flat()).size).toBe(names.length);
    }
  });

  it('say host, path, TLS and key where a host is ours to name', () => {
    const custom = providers.filter(({ provider }) => 'custom' in (provider as object));
    expect(custom).toMatchObject([
      {
        provider: { custom: { providerOverride: 'aws.bedrock', formats: [{ type: 'responses' }] } },
        hostOverride: 'bedrock-mantle.us-east-1.api.aws:443',
        pathPrefix: '/openai/v1',
        policies: { backendTLS: {}, backendAuth: { key: `${'$'}{GW_SECRET_BEDROCK_RESPONSES_KEY}` } },
      },
    ]);
    expect(providers.filter((p) => 'hostOverride' in p)).toHaveLength(1);
  });

  it('carry no ai policy, which would replace that of the route', () => {
    expect(JSON.stringify(config.backends)).not.toMatch(/"promptGuard"|"overrides"|"routes"/);
  });
});

describe('prices', () => {
  it('are strings of at most six decimals', () => {
    const rates = Object.values(catalogue.providers).flatMap(({ models }) => Object.values(models).map((m) => m.rates));
    expect(rates.length).toBeGreaterThan(10);
    for (const rate of rates.flatMap((r) => Object.values(r))) expect(rate).toMatch(/^\d+(\.\d{1,6})?$/);
  });

  it('cover every model that a provider is asked for', () => {
    const missing = providers.flatMap(({ provider }) => {
      const [[type, { model, providerOverride = catalogueKeys[type] ?? type }]] = Object.entries(
        provider as Shapes,
      ) as [[string, Shape]];
      return model === undefined || catalogue.providers[providerOverride]?.models[model] !== undefined ? [] : [model];
    });
    expect(missing).toEqual([]);
  });

  it('are the rows of the cost table that hold on the day', () => {
    const { rows } = parsed<CostTable>(release, 'cost-table.json');
    const today = rows.filter((row) => row.from <= day && (row.until === null || row.until > day));
    for (const row of today) expect(catalogue.providers[row.provider]?.models[row.model]?.rates).toEqual(row.rates);
    const listed = Object.values(catalogue.providers).flatMap(({ models }) => Object.keys(models));
    expect(listed.length).toBe(today.length);
  });
});

interface Shape {
  readonly model?: string;
  readonly providerOverride?: string;
}
type Shapes = Readonly<Record<string, Shape>>;

describe('the access log', () => {
  const { add, remove } = config.frontendPolicies.accessLog;

  it('has what the ledger needs', () => {
    expect(add).toMatchObject({
      'gw.release': '"@{release}"',
      'gw.tenant': 'metadata.tenant.id',
      'gw.cost_center': 'metadata.tenant.cc',
      'gw.model': 'metadata.model',
      'gw.rule': 'metadata.rule',
      'gw.provider': 'llm.provider',
      'gw.upstream_model': 'llm.requestModel',
      'gw.tokens.total': 'llm.totalTokens',
      'gw.cost_usd': 'llm.cost.total',
    });
  });

  it('has no header, prompt or subject', () => {
    expect(remove).toEqual(['error', 'http.path', 'jwt.sub']);
    for (const expression of Object.values(add))
      expect(expression).not.toMatch(/request\.(?!path$)|response\.|llm\.prompt|jwt\.sub/);
  });

  it('is JSON, without answers that the gateway cannot read', () => {
    expect(config.config.logging).toEqual({ format: 'json', level: 'info,agent_llm=error' });
  });
});
