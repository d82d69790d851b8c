import type { JsonObject } from '../../../contract/canonical.ts';
import { mockUsage } from '../engine.ts';
import { json, type Reply } from '../loopback.ts';
import { countOf, events, type Format, failureMessage, pieces, vector } from './format.ts';
import { chatCompletions } from './openai.ts';

const { inputTokens, outputTokens } = mockUsage;
const usageMetadata = {
  promptTokenCount: inputTokens,
  candidatesTokenCount: outputTokens,
  totalTokenCount: inputTokens + outputTokens,
};

/** Gemini on Vertex in its own format; the method in the path says whether it streams. */
export const generateContent: Format = {
  path: /\/publishers\/google\/models\/(?<model>[^/:]+):generateContent$/,
  answer: ({ model }, text) => json(200, content(model, text, true)),
  refuse: refuseAsGoogle,
};

export const streamGenerateContent: Format = {
  path: /\/publishers\/google\/models\/(?<model>[^/:]+):streamGenerateContent$/,
  answer({ model }, text) {
    const parts = pieces(text);
    return events(parts.map((piece, index) => content(model, piece, index === parts.length - 1)));
  },
  refuse: refuseAsGoogle,
};

function content(model: string, text: string, isLast: boolean): JsonObject {
  const candidate = { content: { role: 'model', parts: [{ text }] }, index: 0 };
  const head = { modelVersion: model, responseId: 'mock' };
  if (!isLast) return { ...head, candidates: [candidate] };
  return { ...head, candidates: [{ ...candidate, finishReason: 'STOP' }], usageMetadata };
}

/** The OpenAI-compatible paths of Gemini and Vertex: OpenAI's answers, Google's errors. */
export const googleChat: Format = {
  ...chatCompletions,
  path: /\/(?:v1beta\/openai|endpoints\/openapi)\/chat\/completions$/,
  refuse: refuseAsGoogle,
};

export const predict: Format = {
  path: /\/publishers\/google\/models\/(?<model>[^/:]+):predict$/,
  answer({ body }) {
    const count = countOf(body['instances']);
    const predictions = Array.from({ length: count }, (_, index) => ({
      // All tokens are counted with the first text, so that the sum is what every mock counts.
      embeddings: { values: vector, statistics: { token_count: index === 0 ? inputTokens : 0, truncated: false } },
    }));
    return json(200, { predictions });
  },
  refuse: refuseAsGoogle,
};

const statuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

function refuseAsGoogle(status: number): Reply {
  return json(status, {
    error: { code: status, message: failureMessage(status), status: statuses[status] ?? 'INTERNAL' },
  });
}
