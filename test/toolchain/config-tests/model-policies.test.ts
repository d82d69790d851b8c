import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../contract/canonical.ts';
import { quietWorld } from '../../../toolchain/config-tests/engine.ts';
import { engineOf, observe, type Parts, post, says } from './model-config.ts';

function policy(value: JsonObject): Json {
  return {
    name: { name: 'p', namespace: 'gatewright' },
    target: { gateway: { gatewayName: 'default', gatewayNamespace: 'default' } },
    phase: 'route',
    policy: value,
  };
}

const asks = (failureMode: Json, more: JsonObject = {}): Parts => ({
  gatewayPolicies: [
    policy({
      extAuthz: {
        conditional: [
          {
            condition: '!metadata.rule.startsWith("!")',
            backend: '/budget',
            failureMode,
            protocol: {
              http: { path: '"/v1/budget"', body: 'toJson({"model": metadata.model, "path": request.path})', ...more },
            },
          },
        ],
      },
    }),
  ],
});

describe('the budget service', () => {
  const denial = {
    status: 402,
    headers: { 'content-type': 'application/json' },
    body: { error: { message: 'used up' } },
  };

  it('is asked without a prompt, and its denial is the answer', async () => {
    const questions: Json[] = [];
    const engine = engineOf(asks('allow'), (question, spent) => {
      questions.push(question, spent.tenantUsd);
      return denial;
    });
    const [outcome] = await engine.run(
      post(says('a secret')),
      { ...quietWorld, spent: { tenantUsd: '7', models: {} } },
      1,
    );
    expect(outcome?.observation).toMatchObject({ ...denial, attempts: [] });
    expect(questions).toEqual([{ model: 'smart', path: '/v1/chat/completions' }, '7']);
  });

  it('is not asked where its condition does not hold', async () => {
    const engine = engineOf(asks('deny'), () => denial);
    const [outcome] = await engine.run(post('no JSON'), quietWorld, 1);
    expect(outcome?.observation.status).toBe(503);
  });

  it.each(['down', 'slow'] as const)('that is %s is left to the failure mode', async (budgetService) => {
    expect((await observe(asks('allow'), post(says('hi')), { budgetService })).status).toBe(200);
    expect(await observe(asks('deny'), post(says('hi')), { budgetService })).toMatchObject({
      status: 403,
      body: 'external authorization failed',
    });
    expect((await observe(asks({ denyWithStatus: 503 }), post(says('hi')), { budgetService })).status).toBe(503);
  });

  it('reaches the client with an error of its own, also where failures are allowed', async () => {
    expect(await observe(asks('allow'), post(says('hi')), { budgetService: 500 })).toMatchObject({
      status: 500,
      attempts: [],
    });
  });

  it('leaves a mark only where it answered, by which a gateway can answer itself', async () => {
    const condition = 'coalesce(extauthz.answered, "") != "yes"';
    const body = '{"error":{"message":"cannot be checked"}}';
    const unanswered = policy({ directResponse: { conditional: [{ condition, status: 503, body }] } });
    const marked = asks('allow', { metadata: { answered: '"yes"' } });
    const parts: Parts = { gatewayPolicies: [...(marked.gatewayPolicies ?? []), unanswered] };
    expect((await observe(parts, post(says('hi')))).status).toBe(200);
    expect(await observe(parts, post(says('hi')), { budgetService: 'down' })).toMatchObject({
      status: 503,
      body: { error: { message: 'cannot be checked' } },
    });
  });
});

describe('limits', () => {
  const bucket = (maxTokens: number, condition?: string) => ({
    ...(condition === undefined ? {} : { condition }),
    type: 'requests',
    maxTokens,
    tokensPerFill: maxTokens,
    fillInterval: '60s',
  });
  const local: Parts = {
    gatewayPolicies: [policy({ localRateLimit: { conditional: [bucket(2, 'metadata.model == "smart"'), bucket(5)] } })],
  };

  it('count in the first bucket whose condition holds', async () => {
    expect((await observe(local, post(says('hi')), { requestsBefore: 1 })).status).toBe(200);
    const seen = await observe(local, post(says('hi')), { requestsBefore: 2 });
    expect(seen).toMatchObject({ status: 429, body: 'rate limit exceeded', attempts: [] });
    expect(seen.headers).toMatchObject({
      'content-type': 'text/plain',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '0',
      'x-release': 'r1',
    });
    expect((await observe(local, post(says('hi', { model: 'other' })), { requestsBefore: 4 })).status).toBe(200);
  });

  it('of a service are not counted here: what needs them is refused', async () => {
    const descriptors = [{ type: 'requests', entries: [{ key: 'tenant', value: 'metadata.client' }] }];
    const remote: Parts = {
      gatewayPolicies: [policy({ remoteRateLimit: { conditional: [{ domain: 'd', backend: '/hook', descriptors }] } })],
    };
    const refused = engineOf(remote).run(post(says('hi')), { ...quietWorld, requestsBefore: 1 }, 1);
    await expect(refused).rejects.toThrow('rate limit service');
    expect((await observe(remote, post(says('hi')))).status).toBe(200);
  });
});
