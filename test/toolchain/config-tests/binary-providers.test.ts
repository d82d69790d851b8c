import { request } from 'node:http';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../contract/canonical.ts';
import { answerText } from '../../../toolchain/config-tests/binary/answer-text.ts';
import { type Behaviour, quietWorld, type World } from '../../../toolchain/config-tests/engine.ts';
import type { Listening } from '../../../toolchain/config-tests/loopback.ts';
import { eventStreamMessage } from '../../../toolchain/config-tests/providers/event-stream.ts';
import { formats, type RecordedCall, serveProviders } from '../../../toolchain/config-tests/providers/providers.ts';

let world: World = quietWorld;
const calls: RecordedCall[] = [];
let servers: ReadonlyMap<string, Listening>;

beforeAll(async () => {
  servers = await serveProviders(
    ['one', 'two'],
    () => world,
    (call) => calls.push(call),
  );
});
afterAll(() => Promise.all([...servers.values()].map((server) => server.close())));

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

function post(path: string, body: JsonObject, provider = 'one', timeout = 5000): Promise<Answered> {
  const port = servers.get(provider)?.port;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST', agent: false, timeout }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('silence')));
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(body));
  });
}

async function behaving(behaviour: Behaviour, act: () => Promise<void>): Promise<void> {
  world = { ...quietWorld, providers: { one: behaviour } };
  try {
    await act();
  } finally {
    world = quietWorld;
  }
}

const parsed = ({ body }: Answered): unknown => JSON.parse(body.toString('utf8'));

/** Each path that the gateway calls, and the usage in its answer. */
const paths: readonly [path: string, model: string, usage: object][] = [
  ['/v1/chat/completions', 'm', { usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 } }],
  ['/openai/v1/chat/completions', 'm', { object: 'chat.completion' }],
  ['/openai/deployments/d/chat/completions?api-version=2024-10-21', 'm', { object: 'chat.completion' }],
  ['/v1beta/openai/chat/completions', 'm', { object: 'chat.completion' }],
  ['/v1/responses', 'm', { usage: { input_tokens: 1000, output_tokens: 500, total_tokens: 1500 } }],
  ['/v1/messages', 'm', { usage: { input_tokens: 1000, output_tokens: 500 }, stop_reason: 'end_turn' }],
  ['/v1/messages/count_tokens', 'm', { input_tokens: 1000 }],
  ['/v1/embeddings', 'm', { usage: { prompt_tokens: 1000, total_tokens: 1000 } }],
  [
    '/model/us.anthropic.claude:0/converse',
    'us.anthropic.claude:0',
    { usage: { inputTokens: 1000, outputTokens: 500 } },
  ],
  ['/model/arn%3Aaws%3Aprofile%2Fp/converse', 'arn:aws:profile/p', { stopReason: 'end_turn' }],
  ['/model/amazon.titan-embed/invoke', 'amazon.titan-embed', { inputTextTokenCount: 1000 }],
  ['/model/cohere.embed/invoke', 'cohere.embed', { response_type: 'embeddings_floats' }],
  ['/model/us.anthropic.claude:0/count-tokens', 'us.anthropic.claude:0', { inputTokens: 1000 }],
  ['/v1/projects/p/locations/l/publishers/anthropic/models/c@1:rawPredict', 'c@1', { type: 'message' }],
  ['/v1/projects/p/locations/l/publishers/anthropic/models/count-tokens:rawPredict', 'm', { input_tokens: 1000 }],
  [
    '/v1/projects/p/locations/l/publishers/google/models/g:generateContent',
    'g',
    { usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 500 } },
  ],
  ['/v1/projects/p/locations/l/publishers/google/models/e:predict', 'e', { predictions: [{}] }],
];

describe('mock providers', () => {
  it.each(paths)('answer %s', async (path, model, part) => {
    const answer = await post(path, { model: 'm', input: 'text', instances: [{}], texts: ['text'] });
    expect(answer.status).toBe(200);
    expect(parsed(answer)).toMatchObject(part);
    expect(calls.at(-1)).toMatchObject({ provider: 'one', path, model });
  });

  it('have a path for every format', () => {
    const all = [
      ...paths.map(([path]) => path),
      '/model/m/converse-stream',
      '/publishers/google/models/g:streamGenerateContent',
    ];
    const spoken = all.map((path) => formats.find((format) => format.path.test(path.split('?')[0] ?? '')));
    expect(formats.filter((format) => !spoken.includes(format))).toEqual([]);
  });

  it.each(['/v1/chat/completions', '/v1/messages', '/v1/responses'])('stream the same text at %s', async (path) => {
    const answer = await post(path, { model: 'm', stream: true });
    expect(answer.headers['content-type']).toBe('text/event-stream');
    expect(answerText(answer.body.toString('utf8'))).toBe(quietWorld.answer);
    expect(answer.body.toString('utf8')).toMatch(/"(output|completion)_tokens":500/);
  });

  it('embed each text of a list', async () => {
    const answer = await post('/v1/embeddings', { model: 'm', input: ['a', 'b', 'c'] });
    expect(parsed(answer)).toMatchObject({ data: [{ index: 0 }, { index: 1 }, { index: 2 }] });
  });

  it('cut connections, keep silent or refuse, each by itself', async () => {
    await behaving('down', async () => {
      await expect(post('/v1/messages', {})).rejects.toThrow();
      expect((await post('/v1/messages', {}, 'two')).status).toBe(200);
    });
    await behaving('slow', () => expect(post('/v1/messages', {}, 'one', 200)).rejects.toThrow('silence'));
  });

  it.each([
    ['/v1/chat/completions', { error: { code: 'rate_limit_exceeded', param: null } }],
    ['/v1/messages', { type: 'error', error: { type: 'rate_limit_error' } }],
    ['/model/m/converse', { message: 'the provider answered 429' }],
    ['/v1beta/openai/chat/completions', { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }],
  ])('refuse at %s as their provider does', async (path, body) => {
    await behaving(429, async () => {
      const answer = await post(path, {});
      expect(answer.status).toBe(429);
      expect(parsed(answer)).toMatchObject(body);
    });
  });

  it('name the type of an error of AWS in a header', async () => {
    await behaving(429, async () => {
      expect((await post('/model/m/converse', {})).headers['x-amzn-errortype']).toBe('ThrottlingException');
    });
  });
});

/** Reads one message of the binary stream as AWS describes it, checking both checksums. */
function readMessage(bytes: Buffer): { readonly event: string; readonly payload: unknown; readonly length: number } {
  const length = bytes.readUInt32BE(0);
  const headersLength = bytes.readUInt32BE(4);
  expect(crc32(bytes.subarray(0, 8))).toBe(bytes.readUInt32BE(8));
  expect(crc32(bytes.subarray(0, length - 4))).toBe(bytes.readUInt32BE(length - 4));
  const headers = new Map<string, string>();
  for (let at = 12; at < 12 + headersLength; ) {
    const nameEnd = at + 1 + bytes.readUInt8(at);
    const valueStart = nameEnd + 3;
    const valueEnd = valueStart + bytes.readUInt16BE(nameEnd + 1);
    expect(bytes.readUInt8(nameEnd)).toBe(7);
    headers.set(bytes.toString('utf8', at + 1, nameEnd), bytes.toString('utf8', valueStart, valueEnd));
    at = valueEnd;
  }
  expect(headers.get(':message-type')).toBe('event');
  const payload: unknown = JSON.parse(bytes.toString('utf8', 12 + headersLength, length - 4));
  return { event: headers.get(':event-type') ?? '', payload, length };
}

describe('the binary stream of Bedrock', () => {
  it('is framed as AWS describes it', () => {
    const bytes = eventStreamMessage('contentBlockDelta', { delta: { text: 'grüezi 👋' } });
    const { length, ...message } = readMessage(bytes);
    expect(length).toBe(bytes.length);
    expect(message).toEqual({ event: 'contentBlockDelta', payload: { delta: { text: 'grüezi 👋' } } });
  });

  it('tells the whole answer', async () => {
    const { body } = await post('/model/m/converse-stream', {});
    const events: string[] = [];
    for (let rest = body; rest.length > 0; ) {
      const { event, length } = readMessage(rest);
      events.push(event);
      rest = rest.subarray(length);
    }
    const deltas = ['contentBlockDelta', 'contentBlockDelta'];
    expect(events).toEqual(['messageStart', ...deltas, 'contentBlockStop', 'messageStop', 'metadata']);
  });
});
