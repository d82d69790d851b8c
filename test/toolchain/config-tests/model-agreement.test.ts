import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { budgetRequestSchema } from '../../../contract/budget-service.ts';
import type { Json, JsonObject } from '../../../contract/canonical.ts';
import { binaryEngine } from '../../../toolchain/config-tests/binary/engine.ts';
import { decide } from '../../../toolchain/config-tests/budget-service/decide.ts';
import {
  type Engine,
  type Observation,
  quietWorld,
  type TestRequest,
  type World,
} from '../../../toolchain/config-tests/engine.ts';
import { type ModelEngineOptions, modelEngine } from '../../../toolchain/config-tests/model/engine.ts';
import { clients, config, invokeScope } from './binary-config.ts';
import { binary, chat, directory, request } from './binary-world.ts';

/** The two engines side by side over one config that has everything: whatever one sees, the other sees. */

const messages = (model: string, more: JsonObject = {}) =>
  request({ model, max_tokens: 10, messages: [{ role: 'user', content: 'hi' }], ...more }, { path: '/v1/messages' });
const responses = (model: string, more: JsonObject = {}) =>
  request({ model, input: 'hi', ...more }, { path: '/v1/responses' });
const embeddings = (model: string) => request({ model, input: 'hi' }, { path: '/v1/embeddings' });
const says = (model: string, content: Json) => request({ model, messages: [{ role: 'user', content }] });

type Case = readonly [name: string, request: TestRequest, world?: Partial<World>];

const models = [
  'bedrock',
  'titan',
  'anthropic',
  'openai',
  'azure',
  'gemini',
  'vertex-claude',
  'vertex-gemini',
  'custom',
];
const credentials = ['missing', 'expired', 'wrong-issuer', 'without-scope', 'id-token', 'unknown-client'] as const;

const cases: readonly Case[] = [
  ...models.flatMap((model): Case[] => [
    [`chat, ${model}`, request(chat(model))],
    [`a streamed chat, ${model}`, request(chat(model, { stream: true }))],
    [`messages, ${model}`, messages(model)],
    [`responses, ${model}`, responses(model)],
    [`an error, ${model}`, request(chat(model)), { providers: allAnswer(403) }],
    [`an error of messages, ${model}`, messages(model), { providers: allAnswer(400) }],
  ]),
  ...['titan', 'openai', 'anthropic'].map((model): Case => [`embeddings, ${model}`, embeddings(model)]),
  ...credentials.map((credential): Case => [`a token: ${credential}`, request(chat('openai'), { credential })]),
  ...([429, 500, 503, 400] as const).flatMap((bedrock): Case[] => [
    [`fallback after ${bedrock}`, request(chat('fallback')), { providers: { bedrock } }],
    [`three targets after ${bedrock}`, request(chat('three')), { providers: { bedrock, anthropic: bedrock } }],
  ]),
  ['fallback after a cut connection', request(chat('fallback')), { providers: { bedrock: 'down' } }],
  ['fallback after a slow attempt', request(chat('three')), { providers: { bedrock: 500, anthropic: 'slow' } }],
  ['a big body', request(chat('fallback', { pad: 'x'.repeat(70_000) })), { providers: { bedrock: 500 } }],
  ['fallback of a stream', request(chat('fallback', { stream: true })), { providers: { bedrock: 'down' } }],
  [
    'claims of a person',
    request(chat('openai'), { client: 'federation/workforce', claims: { tenant: 'acme', username: 'ada' } }),
  ],
  [
    'claims that are not for a client to make',
    request(chat('openai'), { claims: { tenant: 'acme', client_id: 'client-acme', iss: 'me', scope: '' } }),
  ],
  ['a body above the buffer', request(chat('openai', { pad: 'x'.repeat(1_100_000) }))],
  ['a model that is unknown', request(chat('none "such"\n'))],
  ['a spoofed header', request(chat('openai'), { headers: { 'x-gw-rule': 'custom' } })],
  ['a path with dots', request(chat('openai'), { path: '/v1/../v1/chat/completions' })],
  ['a path with a query', request(chat('openai'), { path: '/v1/chat/completions?a=b' })],
  ['a path that is none', request(chat('openai'), { path: '/v1/chat/completions/' })],
  ['a condition', request(chat('auto', { tools: [{ type: 'function', function: { name: 'f' } }] }))],
  ['a condition that does not hold', request(chat('auto'))],
  ['a rejected request', says('guarded', 'my AKIAABCDEFGHIJKLMNOP')],
  ['a masked request', says('guarded', 'to ann@example.com')],
  ['instructions', responses('guarded', { instructions: 'AKIAABCDEFGHIJKLMNOP' })],
  ['a rejected answer', messages('guarded'), { answer: 'AKIAABCDEFGHIJKLMNOP' }],
  ['a masked answer', responses('guarded'), { answer: 'ann@example.com' }],
  ['a rejected stream', messages('guarded', { stream: true }), { answer: 'AKIAABCDEFGHIJKLMNOP' }],
  [
    'a stream cut short',
    request(chat('guarded', { stream: true })),
    { answer: `${'x'.repeat(3000)} AKIAABCDEFGHIJKLMNOP` },
  ],
  ['a webhook that rejects', request(chat('hooked')), { webhook: { action: { body: 'no', status_code: 429 } } }],
  [
    'a webhook that is misunderstood',
    request(chat('hooked')),
    { webhook: { action: { reject: { status_code: 429 } } } },
  ],
  ['a webhook that fails', request(chat('hooked')), { webhook: 500 }],
  [
    'a used-up budget',
    request(chat('openai'), { client: 'acme/default' }),
    { spent: { tenantUsd: '10.00', models: {} } },
  ],
  ['a budget service that fails', request(chat('openai')), { budgetService: 500 }],
  ['a budget service that is slow', request(chat('openai')), { budgetService: 'slow' }],
  ['a limit', request(chat('openai'), { client: 'acme/default' }), { requestsBefore: 3 }],
  ['a limit that is not reached', request(chat('openai'), { client: 'acme/default' }), { requestsBefore: 2 }],
];

function allAnswer(status: number): World['providers'] {
  return Object.fromEntries(
    ['bedrock', 'anthropic', 'openai', 'azure', 'gemini', 'vertex', 'custom'].map((name) => [name, status]),
  );
}

/** Not compared: bodies of answers, which need only be answers, and what a clock or a library's wording decides. */
function comparable({ status, headers, text, route, attempts, upstream, log, body }: Observation) {
  const own = Object.entries(headers).filter(([name]) => name === 'content-type' || name.startsWith('x-'));
  const told = Object.fromEntries(own.filter(([name]) => name !== 'x-ratelimit-reset'));
  const answer = status === 200 ? undefined : typeof body === 'string' ? body.split(': ').slice(0, 2) : body;
  return { status, headers: told, text, route, attempts, model: upstream?.model, log, answer };
}

const reference: ModelEngineOptions['budgetService'] = (question, spent) => {
  return decide(directory, spent, budgetRequestSchema.parse(question));
};

describe.skipIf(binary.isMissing)(`model and binary engine${binary.note}`, () => {
  const linkedConfigText = JSON.stringify(config('local'));
  const access = { clients, invokeScope };
  let real: Engine;
  let model: Engine;

  beforeAll(async () => {
    real = await binaryEngine({ ...access, executable: binary.executable, directory, linkedConfigText });
    model = modelEngine(linkedConfigText, { ...access, budgetService: reference });
  });
  afterAll(() => real?.close());

  it.each(cases.map(([name, sent, changes = {}]) => ({ name, sent, changes })))(
    'see the same: $name',
    async ({ sent, changes }) => {
      const world = { ...quietWorld, ...changes };
      const [[seen], [expected]] = await Promise.all([model.run(sent, world, 1), real.run(sent, world, 1)]);
      if (seen === undefined || expected === undefined) throw new Error('no outcome');
      expect(comparable(seen.observation)).toEqual(comparable(expected.observation));
    },
  );
});
