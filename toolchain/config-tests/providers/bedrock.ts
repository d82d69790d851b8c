import { mockUsage } from '../engine.ts';
import { json, type Reply } from '../loopback.ts';
import { eventStreamMessage } from './event-stream.ts';
import { countOf, type Format, failureMessage, pieces, vector } from './format.ts';

const { inputTokens, outputTokens } = mockUsage;
const usage = { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
const metrics = { latencyMs: 3 };

export const converse: Format = {
  path: /\/model\/(?<model>[^/]+)\/converse$/,
  answer: (_, text) =>
    json(200, {
      output: { message: { role: 'assistant', content: [{ text }] } },
      stopReason: 'end_turn',
      usage,
      metrics,
    }),
  refuse: refuseAsBedrock,
};

export const converseStream: Format = {
  path: /\/model\/(?<model>[^/]+)\/converse-stream$/,
  answer: (_, text) => ({
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream' },
    chunks: [
      eventStreamMessage('messageStart', { role: 'assistant' }),
      ...pieces(text).map((piece) =>
        eventStreamMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: piece } }),
      ),
      eventStreamMessage('contentBlockStop', { contentBlockIndex: 0 }),
      eventStreamMessage('messageStop', { stopReason: 'end_turn' }),
      eventStreamMessage('metadata', { usage, metrics }),
    ],
  }),
  refuse: refuseAsBedrock,
};

/** Embeddings: Titan takes one text, Cohere several, and counts its tokens in a header. */
export const invokeModel: Format = {
  path: /\/model\/(?<model>[^/]+)\/invoke$/,
  answer({ model, body }) {
    if (!model.includes('cohere')) return json(200, { embedding: vector, inputTextTokenCount: inputTokens });
    const embeddings = Array.from({ length: countOf(body['texts']) }, () => vector);
    const reply = json(200, { id: 'mock', embeddings, response_type: 'embeddings_floats' });
    return { ...reply, headers: { ...reply.headers, 'x-amzn-bedrock-input-token-count': String(inputTokens) } };
  },
  refuse: refuseAsBedrock,
};

export const bedrockTokenCount: Format = {
  path: /\/model\/(?<model>[^/]+)\/count-tokens$/,
  answer: () => json(200, { inputTokens }),
  refuse: refuseAsBedrock,
};

const errorTypes: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  424: 'ModelErrorException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailableException',
};

function refuseAsBedrock(status: number): Reply {
  const reply = json(status, { message: failureMessage(status) });
  const type = errorTypes[status] ?? 'InternalServerException';
  return { ...reply, headers: { ...reply.headers, 'x-amzn-errortype': type } };
}
