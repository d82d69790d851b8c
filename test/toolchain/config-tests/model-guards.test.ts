import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../contract/canonical.ts';
import { observe, post, says } from './model-config.ts';

const key = 'AKIAABCDEFGHIJKLMNOP';
const rejection = {
  status: 451,
  body: '{"error":{"message":"no keys"}}',
  headers: { set: { 'content-type': 'application/json' } },
};
const reject = { regex: { action: 'reject', rules: [{ pattern: 'AKIA[0-9A-Z]{16}' }] }, rejection };
const mask = (...rules: Json[]) => ({ regex: { action: 'mask', rules } });
const request = (...guards: Json[]) => ({ ai: { promptGuard: { request: guards } } });
const response = (streaming: string, ...guards: Json[]) => ({ ai: { promptGuard: { streaming, response: guards } } });
const messages = (body: JsonObject) => post(body, { path: '/v1/messages' });
const responses = (body: JsonObject) => post({ model: 'smart', ...body }, { path: '/v1/responses' });

describe('request guards', () => {
  it('reject with status, body and headers of the guard, before any call', async () => {
    const seen = await observe(request(reject), post(says(`my ${key}`)));
    expect(seen).toMatchObject({ status: 451, attempts: [], body: { error: { message: 'no keys' } } });
    expect(seen.headers).toMatchObject({ 'content-type': 'application/json', 'x-release': 'r1' });
    expect(
      (await observe(request({ regex: { action: 'reject', rules: [{ pattern: 'x' }] } }), post(says('x')))).status,
    ).toBe(403);
  });

  it.each<readonly [string, Json, string, string]>([
    ['a pattern', { pattern: 'sec+ret' }, 'a seccret', 'a <masked>'],
    ['an address', { builtin: 'email' }, 'to ann@example.com now', 'to <EMAIL_ADDRESS> now'],
    ['a social security number', { builtin: 'ssn' }, 'it is 123-45-6789', 'it is <SSN>'],
    ['a card', { builtin: 'creditCard' }, '4111 1111 1111 1111!', '<CREDIT_CARD>!'],
    ['a social insurance number', { builtin: 'caSin' }, '123 456 789', '<CA_SIN>'],
    ['nothing where it matches nothing', { pattern: 'b*' }, 'aaa', 'aaa'],
  ])('mask %s', async (_, rule, text, expected) => {
    const { upstream } = await observe(request(mask(rule)), post(says(text)));
    expect(upstream?.body).toMatchObject({ messages: [{ role: 'user', content: expected }] });
  });

  it('see what those before them left', async () => {
    const guards = [mask({ pattern: key }), reject];
    expect((await observe(request(...guards), post(says(key)))).status).toBe(200);
    expect((await observe(request(...guards.toReversed()), post(says(key)))).status).toBe(451);
  });

  it.each<readonly [string, ReturnType<typeof post>, number]>([
    ['the system prompt of messages', messages(says('hi', { system: key })), 451],
    [
      'text split over parts',
      post({
        model: 'smart',
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'my' },
              { type: 'text', text: key },
            ],
          },
        ],
      }),
      451,
    ],
    [
      'the input of responses',
      responses({ input: [{ role: 'user', content: [{ type: 'input_text', text: key }] }] }),
      451,
    ],
    ['no instructions of responses', responses({ input: 'hi', instructions: key }), 200],
    [
      'no results of tools',
      post({ model: 'smart', messages: [{ role: 'tool', tool_call_id: '1', content: key }] }),
      200,
    ],
    ['no embeddings', post({ model: 'smart', input: key }, { path: '/v1/embeddings' }), 200],
    ['no token counts', post(says(key), { path: '/v1/messages/count_tokens' }), 200],
  ])('read %s', async (_, sent, status) => {
    expect((await observe(request(reject), sent)).status).toBe(status);
  });

  it('of Bedrock find nothing', async () => {
    const bedrockGuardrails = { guardrailIdentifier: 'gr-1', guardrailVersion: '1', region: 'us-east-1' };
    expect((await observe(request({ bedrockGuardrails }), post(says(key)))).status).toBe(200);
  });
});

describe('response guards', () => {
  const world = { answer: `leak ${key} of ann@example.com` };

  it('reject and mask whole answers', async () => {
    expect(await observe(response('Disabled', reject), post(says('hi')), world)).toMatchObject({
      status: 451,
      attempts: ['openai'],
    });
    const seen = await observe(response('Disabled', mask({ builtin: 'email' })), post(says('hi')), world);
    expect(seen.text).toBe(`leak ${key} of <EMAIL_ADDRESS>`);
  });

  it('leave streams alone unless they are told to guard them', async () => {
    const seen = await observe(response('Disabled', reject), post(says('hi', { stream: true })), world);
    expect(seen).toMatchObject({ status: 200, text: world.answer });
  });

  it('end a stream with one event, and mask none', async () => {
    const blocked = await observe(response('Enabled', reject), post(says('hi', { stream: true })), world);
    expect(blocked).toMatchObject({ status: 200, text: undefined });
    expect(blocked.body).toMatch(/^data: \{"error":\{"type":"guardrail_blocked"[^\n]*\n\n$/);
    const masked = await observe(
      response('Enabled', mask({ builtin: 'email' })),
      post(says('hi', { stream: true })),
      world,
    );
    expect(masked.text).toBe(world.answer);
  });

  it('cannot call back what went out before, and then nobody knows the tokens', async () => {
    const log = { 'gw.out': 'llm.outputTokens', 'gw.provider': 'llm.provider' };
    const answer = `${'x'.repeat(3000)} ${key}`;
    const seen = await observe({ ...response('Enabled', reject), log }, post(says('hi', { stream: true })), { answer });
    expect(seen.text).toMatch(/^x{1000,}$/);
    expect(seen.log).toEqual({ 'gw.rule': 'smart', 'gw.provider': 'openai' });
  });

  it('are retried where their status is one that is retried', async () => {
    const retry = { attempts: 1, backoff: '50ms', codes: [429] };
    const late = { ...reject, rejection: { status: 429, body: 'later' } };
    const seen = await observe({ ...response('Disabled', late), policies: { retry } }, post(says('hi')), world);
    expect(seen).toMatchObject({ status: 429, attempts: ['openai', 'openai'] });
  });
});

describe('webhooks', () => {
  const hook = (failureMode: string) => ({
    webhook: { target: { backend: '/hook' }, headers: { ':path': '"/check"' }, failureMode },
  });
  const messagesBody = { messages: [{ role: 'user', content: 'masked' }] };
  const choices = { choices: [{ message: { role: 'assistant', content: 'masked' } }] };

  it.each<readonly [string, Json, number, string | undefined]>([
    ['passes for anything that it does not know', { reject: { status_code: 429, body: 'x' } }, 200, 'hi'],
    ['passes without a status', { body: 'text' }, 200, 'hi'],
    ['rejects with text and status', { body: 'no', status_code: 429 }, 429, undefined],
    ['masks, also with a status', { body: messagesBody, status_code: 403 }, 200, 'masked'],
    ['fails on a mask of the other phase', { body: choices }, 503, undefined],
    ['fails on a status that is none', { body: 'no', status_code: 9999 }, 503, undefined],
  ])('%s', async (_, action, status, content) => {
    const seen = await observe(request(hook('failOpen')), post(says('hi')), { webhook: { action } });
    expect(seen.status).toBe(status);
    if (content !== undefined) expect(seen.upstream?.body).toMatchObject({ messages: [{ role: 'user', content }] });
    else expect(seen.attempts).toEqual([]);
  });

  it.each(['down', 'slow', 500] as const)('that is %s is left to the failure mode', async (webhook) => {
    expect((await observe(request(hook('failOpen')), post(says('hi')), { webhook })).status).toBe(200);
    expect(await observe(request(hook('failClosed')), post(says('hi')), { webhook })).toMatchObject({
      status: 503,
      body: 'processing failed: prompt guard failed',
    });
  });

  it('masks an answer', async () => {
    const seen = await observe(response('Disabled', hook('failClosed')), post(says('hi')), {
      webhook: { action: { body: choices } },
    });
    expect(seen.text).toBe('masked');
  });
});
