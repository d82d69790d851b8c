import { describe, expect, it } from 'vitest';
import type { DecisionTable } from '../../contract/artifacts/decision-table.ts';
import { type GatewayConfig, gatewayConfig, lookup, type Match, type Route } from './cel.ts';
import { filesIn, parsed, releaseOf, repository } from './project.ts';

/** What the shape that ran on the real gateway has, point by point, for the example of this repository. */
const release = releaseOf(filesIn(repository), 'prod');
const config: GatewayConfig = gatewayConfig(release);
const table = parsed<DecisionTable>(release, 'decision-table.json');
const { metadata, set, remove } = config.gateways.default.transformations.request;

const openai = ['/v1/chat/completions', '/v1/embeddings', '/v1/models', '/v1/responses'];
const anthropic = ['/v1/messages', '/v1/messages/count_tokens'];
const decisions = ['!json', '!large', '!model', '!suspended', '!tenant', '!token'];

const ruleRoutes = config.routes.filter((route) => route.backends !== undefined);
const backends = new Map(config.backends.map((backend) => [`/${backend.name}`, backend]));

const decisionOf = (match: Match) => match.headers?.find(({ name }) => name === 'x-gw-rule')?.value.exact;

/** Routes without a backend that answer a decision (undefined: whatever is left) on a path. */
function answers(path: string, decision: string | undefined): Route[] {
  return config.routes.filter(
    (route) =>
      route.backends === undefined &&
      route.matches?.some((m) => m.path.exact === path && m.method === undefined && decisionOf(m) === decision),
  );
}

describe('authentication', () => {
  it('is strict, and asks for expiry and issuer', () => {
    expect(config.gateways.default.jwtAuth).toEqual({
      mode: 'strict',
      issuer: '@{infra:issuer}',
      jwks: { url: '@{infra:jwksUrl}' },
      jwtValidationOptions: { requiredClaims: ['exp', 'iss'] },
    });
  });

  it('wants an access token with the invoke scope before anything else is decided', () => {
    expect(metadata['rule']).toMatch(
      /^!coalesce\(jwt\.token_use == "access" && "https:\/\/gateway\.acme\.example\/invoke" in jwt\.scope\.split\(" "\), false\) \? "!token" : /,
    );
  });

  it('believes the tenant claim only on tokens of the workforce client', () => {
    expect(metadata['tenantId']).toBe(
      'metadata.credential == "@claim" ? coalesce(string(jwt.tenant), "") : metadata.credential',
    );
    const credentials = lookup(metadata['credential']);
    expect(Object.entries(credentials).filter(([, tenant]) => tenant === '@claim')).toEqual([
      ['@{client:federation/workforce}', '@claim'],
    ]);
  });

  it('has no policy at the gateway that its phase would ignore', () => {
    expect(Object.keys(config.gateways.default).sort()).toEqual(['jwtAuth', 'port', 'transformations']);
    expect(config.gateways.ops).toEqual({ port: 4001 });
  });
});

describe('the decision', () => {
  it('is computed in the order in which its parts need each other', () => {
    expect(Object.keys(metadata)).toEqual(['client', 'credential', 'tenantId', 'tenant', 'model', 'rule']);
  });

  it('reaches the routes in a header that clients cannot set', () => {
    expect(set).toEqual({ 'x-gw-rule': 'metadata.rule' });
    expect(remove).toEqual([
      'api-key',
      'cookie',
      'openai-organization',
      'openai-project',
      'x-amz-security-token',
      'x-api-key',
      'x-goog-api-key',
      'x-goog-user-project',
      'x-retry-attempt',
    ]);
  });

  it('is the decision table, entry for entry', () => {
    const clients = Object.entries(table.clients).map(([key, tenant]) => [`@{client:${key}}`, tenant]);
    expect(lookup(metadata['credential'])).toEqual(Object.fromEntries(clients));
    const rows = Object.entries(table.tenants).map(([id, row]) => [id, { id, class: row.class, cc: row.costCenter }]);
    expect(mapped(lookup(metadata['tenant']), JSON.parse)).toEqual(Object.fromEntries(rows));
    const rules = Object.entries(table.classes).flatMap(([id, { models }]) =>
      Object.entries(models).map(([model, rule]) => [`${id}/${model}`, rule]),
    );
    expect(lookup(metadata['rule'])).toEqual(Object.fromEntries(rules));
  });

  it('reads flat maps of strings, and each only once', () => {
    const text = JSON.stringify(metadata);
    for (const client of Object.keys(table.clients)) expect(text.split(`@{client:${client}}`)).toHaveLength(2);
    for (const name of ['credential', 'tenant', 'rule']) {
      for (const value of Object.values(lookup(metadata[name]))) expect(typeof value).toBe('string');
    }
  });

  it('fails closed: where there is no decision, no route but the denials match', () => {
    for (const route of config.routes.filter((r) => r.gateways === 'default')) {
      const open = (route.matches ?? []).filter((match) => decisionOf(match) === undefined);
      if (open.length > 0) expect(route.name).toMatch(/^deny\.unsupported\./);
    }
  });
});

describe('denials', () => {
  for (const path of [...openai, ...anthropic]) {
    it.each([...decisions, undefined])(`on ${path}: %s`, (decision) => {
      const [route, ...more] = answers(path, decision);
      expect(more).toEqual([]);
      const answer = route?.policies.directResponse;
      expect(answer?.status).toBe(statusOf(decision));
      expect(answer?.headers).toEqual({ 'content-type': '"application/json"' });
      const format = anthropic.includes(path)
        ? /^toJson\(\{"type": "error", "error": \{"type": "\w+", "message": .+\}\}\)$/
        : /^toJson\(\{"error": \{"message": .+, "type": "\w+", "param": null, "code": "\w+"\}\}\)$/;
      expect(answer?.bodyExpression).toMatch(format);
    });
  }

  it('end with 404 for every other path', () => {
    const rest = config.routes.filter(({ matches, gateways }) => matches === undefined && gateways === 'default');
    expect(rest.map(({ name, policies }) => [name, policies.directResponse?.status])).toEqual([
      ['deny.not-found', 404],
    ]);
  });

  it('answer nothing that is no decision', () => {
    const answered = config.routes.filter(({ backends: b }) => b === undefined).flatMap(({ matches }) => matches ?? []);
    expect([...new Set(answered.flatMap((m) => decisionOf(m) ?? []))].sort()).toEqual(['', ...decisions]);
    expect(Object.keys(table.rules).filter((id) => id.startsWith('!') || id === '')).toEqual([]);
  });
});

function statusOf(decision: string | undefined): number {
  const statuses: Readonly<Record<string, number>> = { '!large': 413, '!json': 400, '!model': 404 };
  return decision === undefined ? 400 : (statuses[decision] ?? 403);
}

describe('routes', () => {
  it('have exact paths and no method, the list of models aside', () => {
    const withMethod = config.routes.filter(({ matches }) => matches?.some(({ method }) => method !== undefined));
    expect(withMethod.map(({ name }) => name)).toEqual(['models']);
    for (const match of config.routes.flatMap(({ matches }) => matches ?? [])) expect(match.path.exact).toMatch(/^\//);
  });

  it('have names of their own', () => {
    const names = config.routes.map(({ gateways, name }) => `${gateways}/${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('serve exactly the surfaces of their rule', () => {
    const served = ruleRoutes.map((route) => [
      route.name,
      (route.matches ?? []).map((m) => [decisionOf(m), m.path.exact]),
    ]);
    const expected = Object.entries(table.rules).map(([id, rule]) => [
      `${id}-00`,
      rule.surfaces.map((path) => [id, path]),
    ]);
    expect(Object.fromEntries(served)).toEqual(Object.fromEntries(expected));
  });

  it.each(ruleRoutes.map((route) => [route.name, route] as const))(
    '%s',
    (_, { policies, backends: targets = [], matches }) => {
      expect(policies.requestHeaderModifier?.remove).toContain('x-gw-rule');
      expect(policies.timeout?.requestTimeout).toMatch(/^\d+s$/);
      expect(Object.keys(policies.ai?.routes ?? {}).sort()).toEqual(
        [...openai.filter((p) => p !== '/v1/models'), ...anthropic].sort(),
      );
      for (const match of matches ?? []) expect(policies.ai?.routes).toHaveProperty([match.path.exact ?? '']);
      const groups = targets.map(({ backend }) => backends.get(backend)?.ai.groups.length ?? 0);
      expect(groups).not.toContain(0);
      const most = Math.max(...groups);
      expect(policies.retry === undefined).toBe(most === 1);
      if (policies.retry === undefined) return;
      expect(policies.retry.attempts).toBeGreaterThanOrEqual(most - 1);
      expect(policies.retry.backoff).toMatch(/^\d+m?s$/);
      expect(policies.retry.codes.length).toBeGreaterThan(0);
    },
  );

  it('split by weight only where there are several branches', () => {
    const weights = ruleRoutes.map(({ name, backends: b = [] }) => [name, b.map(({ weight }) => weight)] as const);
    const split = Object.fromEntries(weights.filter(([, w]) => w.length > 1));
    expect(split).toEqual({ 'bedrock-first.claude-split-00': [70, 30], 'evaluation.assistant-00': [50, 30, 20] });
    expect(weights.filter(([, w]) => w.length === 1).flatMap(([, w]) => w)).toEqual(
      weights.filter(([, w]) => w.length === 1).map(() => undefined),
    );
  });

  it('list to each class its own models', () => {
    const models = config.routes.find(({ name }) => name === 'models');
    expect(models?.matches).toEqual([
      { path: { exact: '/v1/models' }, method: 'GET', headers: [{ name: 'x-gw-rule', value: { exact: '' } }] },
    ]);
    const listed = mapped(lookup(models?.policies.directResponse?.bodyExpression), JSON.parse);
    const expected = Object.entries(table.classes).map(([id, entry]) => [id, Object.keys(entry.models).sort()]);
    expect(listed).toEqual(Object.fromEntries(expected));
  });

  it('tell operators the release on a port of its own', () => {
    const ops = config.routes.filter(({ gateways }) => gateways === 'ops');
    expect(ops.map(({ matches, policies }) => [matches, policies])).toEqual([
      [[{ path: { exact: '/release' } }], { directResponse: { status: 200, body: '@{release}' } }],
    ]);
  });
});

function mapped<T>(map: Readonly<Record<string, string>>, read: (text: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, read(value)]));
}
