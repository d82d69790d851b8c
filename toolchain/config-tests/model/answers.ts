import type { Json, JsonObject } from '../../../contract/canonical.ts';
import { mockUsage } from '../engine.ts';
import type { RouteType } from './config-ai.ts';

/** What a client reads when a provider answered, in the client's own format and no longer than a test needs. */
export function answerBody(type: RouteType, model: string, text: string): JsonObject {
  const { inputTokens, outputTokens } = mockUsage;
  const total = inputTokens + outputTokens;
  switch (type) {
    case 'completions': {
      const usage = { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: total };
      const message = { role: 'assistant', content: text };
      return { object: 'chat.completion', model, choices: [{ index: 0, message, finish_reason: 'stop' }], usage };
    }
    case 'messages': {
      const usage = { input_tokens: inputTokens, output_tokens: outputTokens };
      const content = [{ type: 'text', text }];
      return { type: 'message', role: 'assistant', model, content, stop_reason: 'end_turn', usage };
    }
    case 'responses': {
      const usage = { input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: total };
      const content = [{ type: 'output_text', text, annotations: [] }];
      return {
        object: 'response',
        status: 'completed',
        model,
        output: [{ type: 'message', role: 'assistant', content }],
        usage,
      };
    }
    case 'embeddings': {
      const usage = { prompt_tokens: inputTokens, total_tokens: inputTokens };
      return { object: 'list', model, data: [{ object: 'embedding', index: 0, embedding: [] }], usage };
    }
    case 'anthropicTokenCount':
      return { input_tokens: inputTokens };
  }
}

/** The text in pieces, as a stream brings it. */
export function streamBody(type: RouteType, text: string, end: string): string {
  const events = text === '' ? [] : [deltaOf(type, text)];
  return `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}${end}`;
}

export const streamEnd = 'data: [DONE]\n\n';

/** The one event with which the gateway ends a stream that a guard rejects. */
export function blockedEvent(body: Json): string {
  const message = typeof body === 'string' ? body : JSON.stringify(body);
  const error = { type: 'guardrail_blocked', code: 'guardrail_intervention', message };
  return `data: ${JSON.stringify({ error })}\n\n`;
}

function deltaOf(type: RouteType, text: string): JsonObject {
  if (type === 'messages') return { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } };
  if (type === 'responses') return { type: 'response.output_text.delta', output_index: 0, delta: text };
  return { choices: [{ index: 0, delta: { content: text } }] };
}
