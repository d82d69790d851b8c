import type { JsonObject } from '../../../contract/canonical.ts';
import { mockUsage } from '../engine.ts';
import { json, type Reply } from '../loopback.ts';
import { events, type Format, failureMessage, pieces } from './format.ts';

/** Messages: Anthropic itself, and Claude on Vertex, which names the model in the path. */
export const messages: Format = {
  path: /\/messages$|\/publishers\/anthropic\/models\/(?!count-tokens:)(?<model>[^/:]+):(?:streamR|r)awPredict$/,
  answer({ model, body }, text) {
    const usage = {
      input_tokens: mockUsage.inputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: mockUsage.outputTokens,
    };
    const head = { id: 'msg_mock', type: 'message', role: 'assistant', model };
    if (body['stream'] !== true) {
      const content = [{ type: 'text', text }];
      return json(200, { ...head, content, stop_reason: 'end_turn', stop_sequence: null, usage });
    }
    const begun = {
      ...head,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { ...usage, output_tokens: 1 },
    };
    const deltas = pieces(text).map(
      (piece): JsonObject => ({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text: piece },
      }),
    );
    const stream: JsonObject[] = [
      { type: 'message_start', message: begun },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'ping' },
      ...deltas,
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: mockUsage.outputTokens },
      },
      { type: 'message_stop' },
    ];
    return events(stream, { named: true });
  },
  refuse: refuseAsAnthropic,
};

export const tokenCount: Format = {
  path: /\/messages\/count_tokens$|\/publishers\/anthropic\/models\/count-tokens:rawPredict$/,
  answer: () => json(200, { input_tokens: mockUsage.inputTokens }),
  refuse: refuseAsAnthropic,
};

const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

function refuseAsAnthropic(status: number): Reply {
  const error = { type: errorTypes[status] ?? 'api_error', message: failureMessage(status) };
  return json(status, { type: 'error', error, request_id: 'req_mock' });
}
