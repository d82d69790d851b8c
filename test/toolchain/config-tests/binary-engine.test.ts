import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../../contract/canonical.ts';
import { objectIn } from '../../../toolchain/config-tests/binary/edit.ts';
import { binaryEngine } from '../../../toolchain/config-tests/binary/engine.ts';
import {
  type Engine,
  type Observation,
  quietWorld,
  type TestRequest,
  type World,
} from '../../../toolchain/config-tests/engine.ts';
import { rows } from '../../contract/guard-webhook-rows.ts';
import { clients, config, invokeScope } from './binary-config.ts';
import { binary, chat, chatPath, directory, request, text } from './binary-world.ts';

const options = { executable: binary.executable, clients, invokeScope, directory };

/** A case can give any action, but not leave it out. */
const actions = rows.flatMap(({ answer, ...row }) => {
  const action = isObject(answer) ? answer['action'] : undefined;
  return action === undefined ? [] : [{ ...row, action }];
});

describe.skipIf(binary.isMissing)(`binary engine${binary.note}`, () => {
  let engine: Engine;

  const start = (limits: 'local' | 'global') =>
    binaryEngine({ ...options, linkedConfigText: JSON.stringify(config(limits)) });

  beforeAll(async () => {
    engine = await start('local');
  });
  afterAll(() => engine?.close());

  async function observe(sent: TestRequest, world: Partial<World> = {}): Promise<Observation> {
    const [outcome] = await engine.run(sent, { ...quietWorld, ...world }, 1);
    if (outcome === undefined) throw new Error('no outcome');
    return outcome.observation;
  }

  describe('answers of each provider', () => {
    const messages = { max_tokens: 100, messages: [{ role: 'user', content: text }] };
    const native: readonly [provider: string, model: string, path: string, body: JsonObject][] = [
      ['bedrock', 'bedrock', chatPath, chat('bedrock')],
      ['bedrock', 'bedrock', '/v1/messages', { model: 'bedrock', ...messages }],
      ['bedrock', 'bedrock', '/v1/responses', { model: 'bedrock', input: text }],
      ['anthropic', 'anthropic', chatPath, chat('anthropic')],
      ['anthropic', 'anthropic', '/v1/messages', { model: 'anthropic', ...messages }],
      ['openai', 'openai', chatPath, chat('openai')],
      ['openai', 'openai', '/v1/messages', { model: 'openai', ...messages }],
      ['openai', 'openai', '/v1/responses', { model: 'openai', input: text }],
      ['azure', 'azure', chatPath, chat('azure')],
      ['gemini', 'gemini', chatPath, chat('gemini')],
      ['vertex', 'vertex-claude', '/v1/messages', { model: 'vertex-claude', ...messages }],
      ['vertex', 'vertex-gemini', chatPath, chat('vertex-gemini')],
      ['custom', 'custom', '/v1/responses', { model: 'custom', input: text }],
    ];

    it.each(native)('%s for %s at %s, whole and streamed', async (provider, _, path, body) => {
      for (const stream of [false, true]) {
        const seen = await observe(request({ ...body, ...(stream ? { stream } : {}) }, { path }), {
          answer: 'grüezi 👋',
        });
        expect(seen).toMatchObject({ status: 200, text: 'grüezi 👋', attempts: [provider] });
        expect(seen.log).toMatchObject({ 'gw.tenant': 'beta', 'gw.tokens.input': 1000, 'gw.tokens.output': 500 });
        expect(seen.headers['content-type']).toContain(stream ? 'text/event-stream' : 'application/json');
      }
    });

    it.each(['titan', 'openai', 'vertex-embedding'])('embeddings of %s', async (model) => {
      const seen = await observe(request({ model, input: text }, { path: '/v1/embeddings' }));
      expect(seen).toMatchObject({ status: 200, text: undefined, body: { usage: { prompt_tokens: 1000 } } });
    });

    it('token counts: of the provider where it counts, estimated by the gateway elsewhere', async () => {
      const path = '/v1/messages/count_tokens';
      const { max_tokens: _, ...counted } = messages;
      const native = await observe(request({ model: 'anthropic', ...counted }, { path }));
      expect(native).toMatchObject({ attempts: ['anthropic'], body: { input_tokens: 1000 } });
      expect((await observe(request({ model: 'openai', ...counted }, { path }))).attempts).toEqual([]);
    });

    it('shows what the provider was sent, and what it cost', async () => {
      const seen = await observe(request(chat('fallback')));
      expect(seen.upstream?.model).toBe('us.anthropic.claude-sonnet');
      expect(seen.upstream?.body).toMatchObject({ messages: [{ role: 'user', content: [{ text }] }] });
      expect(seen.log).toMatchObject({ 'gw.provider': 'aws.bedrock', 'gw.cost_usd': 0.0105, 'gw.price': 'costs $5' });
      expect(seen.headers['x-gw-release']).toBe('r1');
    });
  });

  describe('failing providers', () => {
    it('an entry that repeats a provider counts as that provider', async () => {
      const providers = { bedrock: 503, anthropic: 503 };
      const seen = await observe(request(chat('three')), { providers });
      expect(seen).toMatchObject({ status: 503, attempts: ['bedrock', 'anthropic', 'bedrock'] });
      expect(seen.upstream?.model).toBe('us.amazon.nova-lite-v1:0');
    });

    it('no case learns from another', async () => {
      await observe(request(chat('fallback')), { providers: { bedrock: 'down' } });
      expect((await observe(request(chat('fallback')))).attempts).toEqual(['bedrock']);
    });
  });

  it('a split gives its shares, with the fallback inside a branch in every run', async () => {
    const outcomes = await engine.run(request(chat('split')), { ...quietWorld, providers: { bedrock: 503 } }, 40);
    const paths = outcomes.map(({ observation }) => observation.attempts.join(' '));
    expect(new Set(paths)).toEqual(new Set(['bedrock anthropic', 'openai']));
    expect(paths.filter((path) => path === 'openai').length).toBeLessThan(30);
  });

  it('a condition on the body decides', async () => {
    const tool = { type: 'function', function: { name: 'now', parameters: { type: 'object', properties: {} } } };
    expect((await observe(request(chat('auto', { tools: [tool] })))).attempts).toEqual(['openai']);
    expect((await observe(request(chat('auto')))).attempts).toEqual(['anthropic']);
    const spoofed = { 'content-type': 'application/json', 'x-gw-when-1': '1', 'x-gw-rule': 'openai' };
    expect((await observe(request(chat('auto'), { headers: spoofed }))).attempts).toEqual(['anthropic']);
  });

  describe('guards', () => {
    it('a rejected prompt reaches no provider', async () => {
      const body = { model: 'guarded', messages: [{ role: 'user', content: `my key is AKIA${'A'.repeat(16)}` }] };
      expect(await observe(request(body))).toMatchObject({
        status: 403,
        body: { error: { message: 'blocked by policy' } },
        attempts: [],
      });
    });

    it('a mask changes what is sent and what is answered', async () => {
      const body = { model: 'guarded', messages: [{ role: 'user', content: 'write to ada@example.com' }] };
      const seen = await observe(request(body), { answer: 'I wrote to ada@example.com' });
      expect(JSON.stringify(seen.upstream?.body)).not.toContain('ada@');
      expect(seen.text).toMatch(/^I wrote to [^@]+$/);
    });

    it('a stream is cut at what the guard refuses', async () => {
      const sent = request(chat('guarded', { stream: true }));
      const seen = await observe(sent, { answer: `here it is: AKIA${'A'.repeat(16)}` });
      expect(seen.status).toBe(200);
      expect(seen.body).toContain('guardrail_blocked');
      expect(seen.text ?? '').not.toContain('AKIA');
    });

    it.each([
      ['answers an error', 500],
      ['is down', 'down'],
      ['is slow', 'slow'],
    ] as const)('a webhook that %s fails closed', async (_, webhook) => {
      expect(await observe(request(chat('hooked')), { webhook })).toMatchObject({ status: 503, attempts: [] });
    });

    it.each(actions)('a webhook that answers $what ($phase)', async ({ phase, action, meaning }) => {
      const webhook = { action };
      const model = phase === 'request' ? 'hooked' : 'hooked-answer';
      const { status, text: answered, upstream } = await observe(request(chat(model)), { webhook });
      const prompt = isObject(upstream?.body) ? JSON.stringify(upstream.body['messages']) : '';
      const isMasked = phase === 'request' ? prompt.includes('masked') : answered === 'masked';
      const rejected = objectIn({ webhook }, 'webhook', 'action')['status_code'];
      const expected = { pass: 200, mask: 200, reject: rejected, error: 503, unreadable: 503 }[meaning];
      expect({ status, isMasked }).toEqual({ status: expected, isMasked: meaning === 'mask' });
    });
  });

  it('a budget that one case has used up is there for the next', async () => {
    const sent = request(chat('openai'), { client: 'acme/default' });
    expect((await observe(sent, { spent: { tenantUsd: '10', models: {} } })).status).toBe(402);
    expect((await observe(sent)).status).toBe(200);
  });

  describe('limits', () => {
    const sent = request(chat('openai'), { client: 'acme/default' });

    it('a request within them passes, one more does not', async () => {
      expect((await observe(sent, { requestsBefore: 2 })).status).toBe(200);
      const seen = await observe(sent, { requestsBefore: 3 });
      expect(seen).toMatchObject({ status: 429, attempts: [], body: 'rate limit exceeded' });
    });

    it('do not add up over the runs of a case', async () => {
      const outcomes = await engine.run(sent, { ...quietWorld, requestsBefore: 0 }, 8);
      expect(outcomes.map(({ observation }) => observation.status)).toEqual(Array(8).fill(200));
    });

    it('that a service counts cannot be run, and all else can', async () => {
      const global = await start('global');
      try {
        const refused = global.run(sent, { ...quietWorld, requestsBefore: 1 }, 1);
        await expect(refused).rejects.toThrow('rate limit service');
        expect((await global.run(sent, quietWorld, 1))[0]?.observation.status).toBe(200);
      } finally {
        await global.close();
      }
    });
  });

  it('a client that was not linked cannot be run', async () => {
    const unlinked = request(chat('openai'), { client: 'acme/other' });
    await expect(engine.run(unlinked, quietWorld, 1)).rejects.toThrow('acme/other');
  });

  it('a body larger than a failed attempt may be sent again is not retried', async () => {
    const content = 'x'.repeat(70_000);
    const sent = request({ model: 'fallback', messages: [{ role: 'user', content }] });
    const seen = await observe(sent, { providers: { bedrock: 503 } });
    expect(seen).toMatchObject({ status: 503, attempts: ['bedrock'] });
  });

  it('a body larger than the gateway reads is answered', async () => {
    const content = 'x'.repeat(3_000_000);
    expect((await observe(request({ model: 'openai', messages: [{ role: 'user', content }] }))).attempts).toEqual([]);
  });
});
