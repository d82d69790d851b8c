import type { JsonObject } from '../../../contract/canonical.ts';
import { mockUsage } from '../engine.ts';
import { json, type Reply } from '../loopback.ts';
import { countOf, events, type Format, failureMessage, pieces, vector } from './format.ts';

const { inputTokens, outputTokens } = mockUsage;
const created = 1_700_000_000;

const chatUsage = {
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
};

/** Chat completions: OpenAI, Azure, Gemini's and custom hosts that are compatible. */
export const chatCompletions: Format = {
  path: /\/chat\/completions$/,
  answer({ model, body }, text) {
    const head = { id: 'chatcmpl-mock', created, model };
    if (body['stream'] !== true) {
      const message = { role: 'assistant', content: text, refusal: null };
      const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
      return json(200, { ...head, object: 'chat.completion', choices, usage: chatUsage });
    }
    const chunk = (delta: JsonObject, finish_reason: string | null): JsonObject => ({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    });
    const content = pieces(text).map((piece) => chunk({ content: piece }, null));
    const last = { ...head, object: 'chat.completion.chunk', choices: [], usage: chatUsage };
    const all = [chunk({ role: 'assistant', content: '' }, null), ...content, chunk({}, 'stop'), last];
    return events(all, { end: '[DONE]' });
  },
  refuse: refuseAsOpenAi,
};

export const responses: Format = {
  path: /\/responses$/,
  answer({ model, body }, text) {
    const part = { type: 'output_text', text, annotations: [], logprobs: [] };
    const item = { type: 'message', id: 'msg_mock', status: 'completed', role: 'assistant', content: [part] };
    const usage = {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: inputTokens + outputTokens,
    };
    const head = { id: 'resp_mock', object: 'response', created_at: created, model, ...responseSettings };
    const complete = { ...head, status: 'completed', output: [item], usage };
    if (body['stream'] !== true) return json(200, complete);
    const place = { item_id: item.id, output_index: 0, content_index: 0 };
    const begun = { ...head, status: 'in_progress', output: [], usage: null };
    const stream = [
      { type: 'response.created', response: begun },
      { type: 'response.in_progress', response: begun },
      { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', content: [] } },
      { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
      ...pieces(text).map((delta) => ({ type: 'response.output_text.delta', ...place, delta, logprobs: [] })),
      { type: 'response.output_text.done', ...place, text, logprobs: [] },
      { type: 'response.content_part.done', ...place, part },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: complete },
    ];
    return events(
      stream.map((event, sequence_number) => ({ ...event, sequence_number })),
      { named: true },
    );
  },
  refuse: refuseAsOpenAi,
};

const responseSettings = {
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  parallel_tool_calls: true,
  temperature: 1,
  top_p: 1,
  tool_choice: 'auto',
  tools: [],
} as const;

export const embeddings: Format = {
  path: /\/embeddings$/,
  answer({ model, body }) {
    const data = Array.from({ length: countOf(body['input']) }, (_, index) => ({
      object: 'embedding',
      index,
      embedding: vector,
    }));
    return json(200, {
      object: 'list',
      data,
      model,
      usage: { prompt_tokens: inputTokens, total_tokens: inputTokens },
    });
  },
  refuse: refuseAsOpenAi,
};

const errors: Readonly<Record<number, readonly [type: string, code: string]>> = {
  400: ['invalid_request_error', 'invalid_value'],
  401: ['invalid_request_error', 'invalid_api_key'],
  404: ['invalid_request_error', 'model_not_found'],
  429: ['requests', 'rate_limit_exceeded'],
};

function refuseAsOpenAi(status: number): Reply {
  const [type, code] = errors[status] ?? ['server_error', null];
  return json(status, { error: { message: failureMessage(status), type, param: null, code } });
}
