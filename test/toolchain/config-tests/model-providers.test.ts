import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../contract/canonical.ts';
import { type Behaviour, mockAnswer, quietWorld } from '../../../toolchain/config-tests/engine.ts';
import { anthropic, bedrock, engineOf, observe, openai, post, says } from './model-config.ts';

const retry = { attempts: 2, backoff: '50ms', codes: [429, 500, 503] };
const unhealthyExpression = 'proxy.upstreamDuration != null && default(response.code, 599) in [429, 500, 503, 599]';
const health = { unhealthyExpression, eviction: { duration: '2s' } };
const fallback = { policies: { retry }, targets: [bedrock, anthropic], health };

describe('a fallback', () => {
  it.each<Behaviour>([429, 500, 503, 'down', 'slow'])('reaches the second target after %s', async (bedrock) => {
    const seen = await observe(fallback, post(says('hi')), { providers: { bedrock } });
    expect(seen).toMatchObject({ status: 200, text: mockAnswer, attempts: ['bedrock', 'anthropic'] });
  });

  it.each([400, 401, 403, 404])('does not after %s', async (bedrock) => {
    const seen = await observe(fallback, post(says('hi')), { providers: { bedrock } });
    expect(seen).toMatchObject({ status: bedrock, attempts: ['bedrock'] });
  });

  it('asks the same target again where no health policy sets it aside', async () => {
    const { health: _, ...withoutHealth } = fallback;
    const seen = await observe(withoutHealth, post(says('hi')), { providers: { bedrock: 500 } });
    expect(seen).toMatchObject({ status: 500, attempts: ['bedrock', 'bedrock', 'bedrock'] });
  });

  it('comes back to the first when all are set aside, and when its time aside is over', async () => {
    const down = await observe(fallback, post(says('hi')), { providers: { bedrock: 500, anthropic: 'down' } });
    expect(down).toMatchObject({ status: 500, attempts: ['bedrock', 'anthropic', 'bedrock'] });
    const targets = [bedrock, anthropic, { ...openai, name: 'openai' }];
    const slow = await observe({ ...fallback, targets }, post(says('hi')), {
      providers: { bedrock: 500, anthropic: 'slow' },
    });
    expect(slow.attempts).toEqual(['bedrock', 'anthropic', 'bedrock']);
  });

  it('does not happen for a body of more than 64 KiB', async () => {
    const world = { providers: { bedrock: 500 } };
    expect((await observe(fallback, post(says('x'.repeat(65_400))), world)).attempts).toHaveLength(2);
    expect((await observe(fallback, post(says('x'.repeat(65_536))), world)).attempts).toHaveLength(1);
  });

  it('ends where the request has used up its time', async () => {
    const policies = { retry, timeout: { requestTimeout: '40s', backendRequestTimeout: '30s' } };
    const seen = await observe({ ...fallback, policies }, post(says('hi')), {
      providers: { bedrock: 'slow', anthropic: 'slow' },
    });
    expect(seen).toMatchObject({ status: 504, body: 'request timeout', attempts: ['bedrock', 'anthropic'] });
  });

  it('counts repeated targets of one resource as that resource', async () => {
    const seen = await observe(
      { ...fallback, targets: [bedrock, { ...bedrock, name: 'bedrock.2' }] },
      post(says('hi')),
      { providers: { bedrock: 500 } },
    );
    expect(seen.attempts).toEqual(['bedrock', 'bedrock', 'bedrock']);
  });

  it('cannot be told where earlier requests have learnt of the failure', async () => {
    const engine = engineOf(fallback);
    const world = { ...quietWorld, providers: { bedrock: 500 }, requestsBefore: 1 };
    await expect(engine.run(post(says('hi')), world, 1)).rejects.toThrow('set failing targets aside');
    expect(await engine.run(post(says('hi')), { ...world, providers: {} }, 1)).toHaveLength(1);
  });

  it('is not for token counts: what is no count becomes 503 at once', async () => {
    const request = post(says('hi'), { path: '/v1/messages/count_tokens' });
    const seen = await observe({ ...fallback, targets: [anthropic, bedrock] }, request, {
      providers: { anthropic: 500 },
    });
    expect(seen).toMatchObject({ status: 503, attempts: ['anthropic'] });
  });
});

const vertex = (model: string) => ({ name: 'vertex', provider: { vertex: { projectId: 'p', region: 'r', model } } });
const custom = (...formats: string[]) => ({
  name: 'custom',
  provider: { custom: { providerOverride: 'aws.bedrock', model: 'm', formats: formats.map((type) => ({ type })) } },
  hostOverride: 'models.example:443',
});
const gemini = { name: 'gemini', provider: { gemini: { model: 'gemini-flash' } } };
const azure = { name: 'azure', provider: { azure: { resourceName: 'acme', resourceType: 'openAI', model: 'gpt' } } };

describe('conversions', () => {
  const requests: Readonly<Record<string, ReturnType<typeof post>>> = {
    completions: post(says('hi')),
    messages: post(says('hi', { max_tokens: 5 }), { path: '/v1/messages' }),
    responses: post({ model: 'smart', input: 'hi' }, { path: '/v1/responses' }),
    embeddings: post({ model: 'smart', input: 'hi' }, { path: '/v1/embeddings' }),
  };

  it.each<readonly [string, JsonObject, string]>([
    ['OpenAI', openai, 'completions messages responses embeddings'],
    ['Azure', azure, 'completions messages responses embeddings'],
    ['Anthropic', anthropic, 'completions messages'],
    ['Bedrock', bedrock, 'completions messages responses embeddings'],
    ['Gemini', gemini, 'completions messages responses embeddings'],
    ['Claude on Vertex', vertex('claude-sonnet-4-5'), 'completions messages'],
    ['Gemini on Vertex', vertex('gemini-2.5-flash'), 'completions messages responses embeddings'],
    ['a custom lane of Responses', custom('responses'), 'responses'],
    ['a custom host of Messages', custom('messages'), 'completions messages'],
    [
      'a custom host of chat completions',
      custom('completions', 'embeddings'),
      'completions messages responses embeddings',
    ],
  ])('%s serves what it can be converted to, all else is 503', async (_, target, served) => {
    for (const [format, request] of Object.entries(requests)) {
      const { status } = await observe({ targets: [target] }, request);
      expect([format, status]).toEqual([format, served.split(' ').includes(format) ? 200 : 503]);
    }
  });

  it('say what is missing', async () => {
    const { responses = post('') } = requests;
    const { body, attempts } = await observe({ targets: [anthropic] }, responses);
    expect(body).toBe(
      'processing failed: unsupported conversion: from Responses to provider anthropic (supported: [AnthropicMessages])',
    );
    expect(attempts).toEqual([]);
  });

  it('count tokens where the provider does, else estimate without a call', async () => {
    const request = post(says('hi'), { path: '/v1/messages/count_tokens' });
    expect(await observe({ targets: [anthropic] }, request)).toMatchObject({
      status: 200,
      attempts: ['anthropic'],
      body: { input_tokens: 1000 },
    });
    expect(await observe({}, request)).toMatchObject({ status: 200, attempts: [] });
  });
});

describe('what a provider is sent', () => {
  it('has its own model, or the one of the client', async () => {
    expect((await observe({ targets: [anthropic] }, post(says('hi')))).upstream).toMatchObject({
      model: 'claude-direct',
      body: { model: 'claude-direct' },
    });
    expect((await observe({}, post(says('hi')))).upstream?.model).toBe('smart');
  });

  it('has overrides over the client, computed fields, and defaults where nothing is', async () => {
    const ai = {
      overrides: { store: false },
      defaults: { temperature: 0.2, top_p: 1 },
      transformations: { user: 'llmRequest.model + "!"', tools: 'llmRequest.nothing' },
    };
    const { upstream } = await observe({ ai }, post(says('hi', { store: true, top_p: 0.5, tools: [] })));
    expect(upstream?.body).toMatchObject({ store: false, temperature: 0.2, top_p: 0.5, user: 'smart!' });
    expect(upstream?.body).not.toHaveProperty('tools');
  });

  it('asks OpenAI for the usage of a stream, and for its newer name of the limit', async () => {
    const { upstream } = await observe({}, post(says('hi', { model: 'gpt-4o', stream: true, max_tokens: 7 })));
    expect(upstream?.body).toMatchObject({ stream_options: { include_usage: true }, max_completion_tokens: 7 });
    expect(upstream?.body).not.toHaveProperty('max_tokens');
  });

  it.each([
    '',
    '{',
    '[]',
    '{"model":"smart"}',
    `${JSON.stringify(says('hi'))} x`,
    '{"messages":[]}',
    JSON.stringify(says('hi', { stream: 'yes' })),
    JSON.stringify(says('hi', { max_tokens: -1 })),
  ])('is nothing where the body is %s', async (body) => {
    const seen = await observe({ metadata: { rule: '"any"' } }, post(body));
    expect(seen).toMatchObject({ status: 503, attempts: [] });
    expect(seen.body).toMatch(/^processing failed: /);
  });
});
