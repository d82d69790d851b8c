import { beforeAll, describe, expect, test } from 'vitest';
import { type ConfigTestCase, configTestSchema } from '../../../compiler/schema/config-test.ts';
import { claimsOf } from '../../../toolchain/config-tests/claims.ts';
import type { TestedEnvironment } from '../../../toolchain/config-tests/environment.ts';
import { type Prepared, prepare } from '../../../toolchain/config-tests/requests.ts';
import { leaves, schemaOf } from '../../compiler/effect/leaves.ts';
import { exampleEnvironment } from './project.ts';

type Given = ConfigTestCase['given'];

let prod: TestedEnvironment;

beforeAll(() => {
  prod = exampleEnvironment('prod');
});

const chat: Given = { tenant: 'platform', path: '/v1/chat/completions', model: 'claude-haiku' };

function prepared(given: Given): Prepared {
  const result = prepare(given, prod);
  if ('problem' in result) throw new Error(result.problem);
  return result;
}

function problem(given: Given): string | undefined {
  const result = prepare(given, prod);
  return 'problem' in result ? result.problem : undefined;
}

function body(given: Given): unknown {
  return JSON.parse(prepared(given).request.body ?? 'null');
}

/** One change for every leaf of `given`: what it says must reach the request or the world. */
const changes: Readonly<Record<string, Partial<Given>>> = {
  tenant: { tenant: 'marketing' },
  client: { client: 'admin' },
  user: { user: 'alice', tenant: 'playground' },
  'claims.{}': { claims: { other: 1 } },
  'claims.*': { claims: { tenant: 'legal' } },
  credential: { credential: 'expired' },
  method: { method: 'GET' },
  path: { path: '/v1/messages' },
  model: { model: 'claude-sonnet' },
  'headers.{}': { headers: { 'x-other': 'a' } },
  'headers.*': { headers: { 'x-workload': 'b' } },
  'body.text': { body: { text: 'another question' } },
  'body.system': { body: { system: 'be brief' } },
  'body.maxTokens': { body: { maxTokens: 5 } },
  'body.stream': { body: { stream: true } },
  'body.tools': { body: { tools: true } },
  'body.fields.{}': { body: { fields: { top_p: 1 } } },
  'body.fields.*': { body: { fields: { temperature: 2 } } },
  'body.padToBytes': { body: { padToBytes: 1000 } },
  'body.raw': { body: { raw: '{' } },
  'upstreams.{}': { upstreams: { 'bedrock-us': 'down' } },
  'upstreams.*<0>': { upstreams: { anthropic: 'slow' } },
  'upstreams.*<1>': { upstreams: { anthropic: 429 } },
  answer: { answer: 'something else' },
  'spent.tenantUsd': { spent: { tenantUsd: '7' } },
  'spent.models.{}': { spent: { models: { other: '1' } } },
  'spent.models.*': { spent: { models: { 'claude-haiku': '2' } } },
  'budgetService<0>': { budgetService: 'down' },
  'budgetService<1>': { budgetService: 500 },
  'webhook<0><0>': { webhook: 'down' },
  'webhook<0><1>': { webhook: 500 },
  'webhook<1>.action': { webhook: { action: { reason: 'x' } } },
  requestsBefore: { requestsBefore: 3 },
};

const prefix = 'ConfigTest.spec.cases[].given.';

describe('what a case gives', () => {
  test('has a change for every leaf', () => {
    const all = [...leaves(schemaOf('ConfigTest'), 'ConfigTest').keys()].filter((leaf) => leaf.startsWith(prefix));
    expect(Object.keys(changes).sort()).toEqual(all.map((leaf) => leaf.slice(prefix.length)).sort());
  });

  test.each(Object.keys(changes))('%s reaches the request or the world', (leaf) => {
    const base: Given = {
      ...chat,
      claims: { tenant: 'x' },
      headers: { 'x-workload': 'a' },
      body: leaf === 'body.raw' || leaf === 'method' ? undefined : { fields: { temperature: 1 } },
      upstreams: { anthropic: 'down' },
      spent: { models: { 'claude-haiku': '1' } },
    } as Given;
    const changed = { ...base, ...changes[leaf] };
    const sound = leaf === 'body.raw' ? { ...changed, model: undefined } : changed;
    expect(prepared(sound as Given)).not.toEqual(prepared(base));
  });
});

describe('bodies', () => {
  const facts = { text: 'hi', system: 'be brief', maxTokens: 7, stream: true };

  test('of chat completions', () => {
    expect(body({ ...chat, body: facts })).toEqual({
      model: 'claude-haiku',
      messages: [
        { role: 'system', content: 'be brief' },
        { role: 'user', content: 'hi' },
      ],
      max_tokens: 7,
      stream: true,
    });
  });

  test('of messages, which always have a limit', () => {
    const messages = [{ role: 'user', content: 'hi' }];
    expect(body({ ...chat, path: '/v1/messages', body: facts })).toEqual({
      model: 'claude-haiku',
      system: 'be brief',
      messages,
      max_tokens: 7,
      stream: true,
    });
    expect(body({ ...chat, path: '/v1/messages', body: { text: 'hi' } })).toMatchObject({ max_tokens: 1024 });
  });

  test('of responses', () => {
    expect(body({ ...chat, path: '/v1/responses', body: facts })).toEqual({
      model: 'claude-haiku',
      instructions: 'be brief',
      input: 'hi',
      max_output_tokens: 7,
      stream: true,
    });
  });

  test('of embeddings and token counts', () => {
    expect(body({ ...chat, path: '/v1/embeddings', body: { text: 'hi' } })).toEqual({
      model: 'claude-haiku',
      input: 'hi',
    });
    expect(body({ ...chat, path: '/v1/messages/count_tokens', body: { text: 'hi' } })).toEqual({
      model: 'claude-haiku',
      messages: [{ role: 'user', content: 'hi' }],
    });
  });

  test.each(['/v1/chat/completions', '/v1/messages', '/v1/responses', '/v1/messages/count_tokens'])(
    'a tool in the format of %s',
    (path) => expect(JSON.stringify(body({ ...chat, path, body: { tools: true } }))).toContain('look_up_order'),
  );

  test('are filled up to the byte, whatever the characters', () => {
    const { request } = prepared({ ...chat, body: { text: 'grüezi 😀', padToBytes: 5000 } });
    expect(Buffer.byteLength(request.body ?? '')).toBe(5000);
  });

  test('fields win over facts, raw over everything', () => {
    expect(body({ ...chat, body: { maxTokens: 7, fields: { max_tokens: 'many' } } })).toMatchObject({
      max_tokens: 'many',
    });
    expect(prepared({ tenant: 'platform', path: '/v1/messages', body: { raw: '{' } }).request.body).toBe('{');
  });

  test('a list of models is a GET without a body, with a query too', () => {
    expect(prepared({ tenant: 'platform', path: '/v1/models?limit=1' }).request).toMatchObject({ method: 'GET' });
    expect(prepared({ tenant: 'platform', path: '/v1/models' }).request).toMatchObject({
      method: 'GET',
      body: undefined,
      headers: {},
    });
  });
});

describe('who sends it', () => {
  test('the first client of the tenant, or the one that is named', () => {
    expect(prepared(chat).request.client).toBe('platform/smoke-tests');
    expect(prepared({ ...chat, client: 'admin' }).request.client).toBe('platform/admin');
  });

  test('a user comes with the workforce client, a name and the tenant claim', () => {
    const { client, claims } = prepared({ ...chat, user: 'alice', tenant: 'playground' }).request;
    expect({ client, claims }).toEqual({
      client: 'federation/workforce',
      claims: { username: 'alice', tenant: 'playground' },
    });
  });

  test('a user without a tenant has no such claim', () => {
    expect(prepared({ path: '/v1/models', user: 'eve' }).request.claims).toEqual({ username: 'eve' });
  });
});

function readCases(...cases: readonly unknown[]) {
  return configTestSchema.safeParse({
    apiVersion: 'gatewright/v1',
    kind: 'ConfigTest',
    metadata: { name: 'a' },
    spec: { cases },
  });
}

function read(given: unknown) {
  return readCases({ name: 'a case', given, expect: { status: 200 } });
}

describe('a case that would change nothing, or contradicts itself, is refused', () => {
  test.each(['authorization', 'connection', 'content-length', 'host', 'transfer-encoding'])('header %s', (name) => {
    expect(read({ ...chat, headers: { [name]: 'x' } }).error?.message).toContain('the connection');
  });

  test('a provider that answers as it does anyway', () => {
    expect(read({ ...chat, upstreams: { openai: 200 } }).success).toBe(false);
    expect(read({ ...chat, upstreams: { openai: 429 } }).success).toBe(true);
  });

  test('two models', () => {
    expect(read({ ...chat, body: { fields: { model: 'other' } } }).error?.message).toContain('not in both');
    expect(read({ tenant: 'platform', path: '/v1/messages', body: { fields: { model: 3 } } }).success).toBe(true);
  });

  test('two cases of one name: the second is the mistake', () => {
    const one = { name: 'one', given: chat, expect: { status: 200 } };
    const [issue] = readCases(one, { ...one, name: 'two' }, one).error?.issues ?? [];
    expect(issue).toMatchObject({ path: ['spec', 'cases', 2, 'name'], message: 'a case before is called "one"' });
  });
});

describe('claims', () => {
  const readsClaims = (claims: Given['claims']) => read({ ...chat, claims });

  test('may be any that do not follow from the rest of a case', () => {
    expect(readsClaims({ tenant: 'legal', 'custom:team': ['a'] }).error).toBeUndefined();
    for (const name of ['iss', 'sub', 'exp', 'iat', 'client_id', 'scope', 'token_use', 'username']) {
      expect(readsClaims({ [name]: 'x' }).error?.message).toContain('follow from client, user and credential');
    }
  });

  test('never take the place of those of the token', () => {
    const request = { ...prepared(chat).request, claims: { iss: 'me', scope: 'all', client_id: 'x', team: 'a' } };
    const access = { clients: { [request.client]: 'client-1' }, invokeScope: 'invoke' };
    expect(claimsOf(request, 'https://issuer', access, 0)).toMatchObject({
      iss: 'https://issuer',
      client_id: 'client-1',
      scope: 'invoke',
      team: 'a',
    });
  });
});

describe('a request that there is not', () => {
  test.each<readonly [string, Given]>([
    ['there is no tenant quality-assurance in prod', { ...chat, tenant: 'quality-assurance' }],
    ['tenant platform has no app client other', { ...chat, client: 'other' }],
    ['tenant playground has no app client: name a user', { ...chat, tenant: 'playground' }],
    [
      'a request to /v1/embeddings has no system, no stream',
      {
        ...chat,
        path: '/v1/embeddings',
        body: { system: 'x', stream: true },
      },
    ],
    ['no group acts for tenant marketing', { ...chat, tenant: 'marketing', user: 'eve' }],
    ['a GET has no body', { ...chat, method: 'GET', body: { text: 'x' } }],
    ['it cannot be filled up to 10', { ...chat, body: { padToBytes: 10 } }],
  ])('%s', (reason, given) => expect(problem(given)).toContain(reason));

  test.each<Partial<Given>>([{ spent: { tenantUsd: '1' } }, { budgetService: 'down' }])(
    '%j where nobody has a budget',
    (more) => {
      expect(prepare({ ...chat, ...more }, { ...prod, hasBudgets: false })).toEqual({
        problem: 'prod has no budgets: spent and budgetService change nothing',
      });
    },
  );
});
