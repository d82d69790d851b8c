import { describe, expect, it } from 'vitest';
import type { Json } from '../../../contract/canonical.ts';
import { quietWorld } from '../../../toolchain/config-tests/engine.ts';
import { modelEngine } from '../../../toolchain/config-tests/model/engine.ts';
import { Refusal } from '../../../toolchain/config-tests/refusals.ts';
import { access, anthropic, bedrock, configOf, engineOf, observe, openai, post, says, textOf } from './model-config.ts';

const budgetService = () => ({ status: 200, headers: {}, body: {} });

describe('the model engine reads a config', () => {
  it.each<readonly [string, (config: ReturnType<typeof configOf>) => Json]>([
    ['an unknown member', (config) => ({ ...config, binds: [] })],
    ['an unknown policy of a route', () => configOf({ policies: { csrf: {} } })],
    ['an unknown guard', () => configOf({ ai: { promptGuard: { request: [{ openAIModeration: {} }] } } })],
    ['an unknown function', () => configOf({ metadata: { x: 'sha256("a")' } })],
    ['an unknown variable', () => configOf({ log: { 'gw.x': 'mcp.tool' } })],
    ['an unknown field of the gateway', () => configOf({ log: { 'gw.x': 'llm.price' } })],
    ['a token that is optional', (config) => JSON.parse(JSON.stringify(config).replace('"strict"', '"optional"'))],
    [
      'two providers in a group',
      (config) =>
        JSON.parse(
          JSON.stringify(config).replace(
            '{"name":"openai"',
            '{"name":"other","provider":{"openAI":{}}},{"name":"openai"',
          ),
        ),
    ],
  ])('and refuses %s', (_, change) => {
    const text = textOf(change(configOf()) as ReturnType<typeof configOf>);
    expect(() => modelEngine(text, { ...access, budgetService })).toThrow();
  });

  it('with doubled dollar signs, which are one, and refuses a single one', async () => {
    const parts = { log: { 'gw.price': '"$5 and $HOME"' } };
    expect((await observe(parts, post(says('hi')))).log).toHaveProperty(['gw.price'], '$5 and $HOME');
    const single = JSON.stringify(configOf(parts));
    expect(() => modelEngine(single, { ...access, budgetService })).toThrow('$5');
  });
});

describe('a token', () => {
  it.each(['missing', 'expired', 'wrong-issuer'] as const)(
    'that is %s is answered 401 before anything else',
    async (credential) => {
      const seen = await observe({}, post(says('hi'), { credential }));
      expect(seen).toMatchObject({ status: 401, attempts: [], headers: { 'content-type': 'text/plain' }, log: {} });
      expect(seen.body).toMatch(/^authentication failure: /);
      expect(seen.headers).not.toHaveProperty('x-release');
    },
  );

  it('shows its claims to expressions', async () => {
    const log = {
      'gw.client': 'metadata.client',
      'gw.user': 'jwt.username',
      'gw.use': 'jwt.token_use',
      'gw.next': 'jwt.level + 1',
    };
    const seen = await observe({ log }, post(says('hi'), { claims: { username: 'ann', level: 4 } }));
    expect(seen.log).toMatchObject({ 'gw.client': 'client-acme', 'gw.user': 'ann', 'gw.use': 'access', 'gw.next': 5 });
    const id = await observe({ log }, post(says('hi'), { credential: 'id-token' }));
    expect(id.log).toMatchObject({ 'gw.use': 'id' });
    expect(id.log).not.toHaveProperty('gw.client');
  });
});

describe('the gateway phase', () => {
  it('computes metadata in order and skips what fails', async () => {
    const metadata = {
      first: '"a"',
      second: 'metadata.first + "b"',
      third: 'fail("no")',
      fourth: 'coalesce(metadata.third, "-")',
    };
    const log = { 'gw.second': 'metadata.second', 'gw.third': 'metadata.third', 'gw.fourth': 'metadata.fourth' };
    const { log: seen } = await observe({ metadata, log }, post(says('hi')));
    expect(seen).toEqual({ 'gw.rule': 'smart', 'gw.second': 'ab', 'gw.fourth': '-' });
  });

  it('lets no client set a header that has no value', async () => {
    const set = { 'x-when': 'metadata.nothing' };
    const log = { 'gw.when': 'request.headers["x-when"]', 'gw.secret': 'request.headers["x-secret"]' };
    const seen = await observe({ set, log }, post(says('hi'), { headers: { 'x-when': 'spoofed', 'x-secret': 's' } }));
    expect(seen.log).toEqual({ 'gw.rule': 'smart' });
  });

  it('cannot read a body above the buffer, and the answer is still made', async () => {
    const log = { 'gw.large': 'metadata.tooLarge' };
    expect((await observe({ log, maxBodyBytes: 20 }, post(says('hi')))).log).toEqual({
      'gw.rule': '!json',
      'gw.large': true,
    });
    expect((await observe({ log }, post(says('hi')))).log).toHaveProperty(['gw.large'], false);
  });

  it('sets headers on every answer after it', async () => {
    expect((await observe({}, post(says('hi'), { path: '/v2' }))).headers).toMatchObject({
      'x-release': 'r1',
      'x-rule': 'smart',
    });
  });
});

describe('an answer on its way out', () => {
  const setOnAnswer = {
    'x-own': 'coalesce(proxy.upstreamDuration != null, false) ? "no" : "yes"',
    'x-code': 'string(response.code)',
    'x-type': 'response.headers["Content-Type"]',
  };

  it('shows its status, its headers and whether a provider made it', async () => {
    const own = await observe({ setOnAnswer }, post(says('hi')), { providers: { openai: 'down' } });
    expect(own.headers).toMatchObject({ 'x-own': 'yes', 'x-code': '503', 'x-type': 'text/plain' });
    const answered = await observe({ setOnAnswer }, post(says('hi')));
    expect(answered.headers).toMatchObject({ 'x-own': 'no', 'x-code': '200', 'x-type': 'application/json' });
  });
});

describe('a route is chosen', () => {
  const answers = (name: string, match: Json, more: Json[] = []) => ({
    name,
    gateways: 'default',
    matches: [match, ...more],
    policies: { directResponse: { status: 200, body: name } },
  });
  const path = { exact: '/v1/chat/completions' };
  const header = (value: string) => [{ name: 'x-rule', value: { exact: value } }];

  it.each<readonly [string, Json[], string]>([
    [
      'by an exact path before a prefix',
      [answers('prefix', { path: { pathPrefix: '/v1/chat' }, headers: header('smart') }), answers('exact', { path })],
      'exact',
    ],
    [
      'by a method before headers',
      [answers('headers', { path, headers: header('smart') }), answers('method', { path, method: 'POST' })],
      'method',
    ],
    ['by more headers', [answers('a', { path }), answers('b', { path, headers: header('smart') })], 'b'],
    [
      'by the name where all is equal',
      [answers('r-01', { path, headers: header('smart') }), answers('r-00', { path, headers: header('smart') })],
      'r-00',
    ],
    ['by a header that fits', [answers('other', { path, headers: header('other') }), answers('any', { path })], 'any'],
    [
      'of two with one name the later',
      [
        answers('a', { path, headers: header('smart') }),
        answers('a', { path, headers: header('other') }),
        answers('b', { path }),
      ],
      'b',
    ],
  ])('%s', async (_, routes, expected) => {
    expect((await observe({ routes }, post(says('hi')))).body).toBe(expected);
  });

  it('or none is: 404', async () => {
    expect(await observe({}, post(says('hi'), { path: '/v1/chat/completions/' }))).toMatchObject({
      status: 404,
      body: 'route not found',
    });
    expect((await observe({}, post(says('hi'), { path: '/v1/../v1/chat/completions' }))).status).toBe(404);
    expect((await observe({}, post(says('hi'), { path: '/v1/chat/completions?a=b' }))).status).toBe(200);
  });

  it('and answers with a computed body', async () => {
    const bodyExpression = 'toJson({"error": {"message": "no " + metadata.model}})';
    const directResponse = {
      status: 404,
      headers: { 'content-type': '"application/json"', 'x-none': 'metadata.none' },
      bodyExpression,
    };
    const routes = [{ name: 'a', gateways: 'default', matches: [{ path }], policies: { directResponse } }];
    const seen = await observe({ routes }, post(says('hi', { model: 'quote " and\nline' })));
    expect(seen).toMatchObject({ status: 404, body: { error: { message: 'no quote " and\nline' } }, attempts: [] });
    expect(seen.headers).not.toHaveProperty('x-none');
  });
});

describe('a weighted split', () => {
  const split = {
    name: 'a-split',
    gateways: 'default',
    matches: [{ path: { exact: '/v1/chat/completions' } }],
    policies: { ai: { routes: { '/v1/chat/completions': 'completions' } } },
  };
  const backends = [{ name: 'b-claude', ai: { groups: [{ providers: [anthropic] }] } }];

  it('ends in each branch with its weight', async () => {
    const route = {
      ...split,
      backends: [
        { weight: 70, backend: '/b-claude' },
        { weight: 30, backend: '/providers' },
        { weight: 0, backend: '/b-claude' },
      ],
    };
    const outcomes = await engineOf({ routes: [route], backends }).run(post(says('hi')), quietWorld, 1);
    expect(outcomes.map(({ weight, observation }) => [weight, observation.attempts])).toEqual([
      [70, ['anthropic']],
      [30, ['openai']],
    ]);
  });

  it('leads nowhere without the slash of a reference', async () => {
    const route = { ...split, backends: [{ backend: 'b-claude' }] };
    expect(await observe({ routes: [route], backends }, post(says('hi')))).toMatchObject({
      status: 500,
      body: 'service not found',
    });
  });
});

describe('the log and the cost', () => {
  const models = {
    openai: {
      models: {
        smart: { rates: { input: '2.5', output: '10' }, tiers: [{ contextOver: 999, rates: { input: '5' } }] },
      },
    },
    'aws.bedrock': { models: { 'us.anthropic.claude': { rates: { input: '3.3', output: '16.5' } } } },
  };
  const log = {
    'gw.cost': 'llm.cost.total',
    'gw.provider': 'llm.provider',
    'gw.model': 'llm.requestModel',
    'gw.out': 'llm.outputTokens',
    'gw.stream': 'llm.streaming',
  };

  it('price 1000 input and 500 output tokens, in the tier of the input', async () => {
    expect((await observe({ models, log }, post(says('hi')))).log).toMatchObject({
      'gw.cost': 0.01,
      'gw.out': 500,
      'gw.provider': 'openai',
      'gw.model': 'smart',
      'gw.stream': false,
    });
    expect((await observe({ models, log, targets: [bedrock] }, post(says('hi', { stream: true })))).log).toMatchObject({
      'gw.cost': 0.01155,
      'gw.provider': 'aws.bedrock',
      'gw.stream': true,
    });
  });

  it('know no price of a model that is not in the catalogue, and no output of embeddings', async () => {
    expect((await observe({ models, log, targets: [anthropic] }, post(says('hi')))).log).not.toHaveProperty('gw.cost');
    const embeddings = await observe(
      { models, log },
      post({ model: 'smart', input: 'hi' }, { path: '/v1/embeddings' }),
    );
    expect(embeddings.log).toMatchObject({ 'gw.cost': 0.005 });
    expect(embeddings.log).not.toHaveProperty('gw.out');
  });

  it('know nothing of a provider that was not reached', async () => {
    const { log: seen } = await observe({ models, log }, post(says('hi')), { providers: { openai: 'down' } });
    expect(seen).toEqual({ 'gw.rule': 'smart' });
  });
});

describe('what the engine cannot tell', () => {
  it('is a reason to refuse a case, not an answer', async () => {
    const guard = { regex: { action: 'reject', rules: [{ builtin: 'phoneNumber' }] } };
    const engine = engineOf({ ai: { promptGuard: { request: [guard] } } });
    const refused = engine.run(post(says('call +1 415 555 2671')), quietWorld, 1);
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toThrow('phone number');
    expect(await engine.run(post(says('nobody calls')), quietWorld, 1)).toHaveLength(1);
    const unlinked = post(says('hi'), { client: 'acme/other' });
    await expect(engine.run(unlinked, quietWorld, 1)).rejects.toThrow('acme/other');
  });

  it('is where a request waits for ever', async () => {
    const engine = engineOf({ policies: { timeout: {} }, targets: [openai] });
    const refused = engine.run(post(says('hi')), { ...quietWorld, providers: { openai: 'slow' } }, 1);
    await expect(refused).rejects.toThrow('without a timeout');
  });
});
