import { isObject, type Json } from '../../../contract/canonical.ts';
import { messages, tokenCount } from '../providers/anthropic.ts';
import { converse } from '../providers/bedrock.ts';
import { type Format, failureMessage } from '../providers/format.ts';
import { generateContent } from '../providers/google.ts';
import { chatCompletions, embeddings, responses } from '../providers/openai.ts';
import type { Call } from './call.ts';
import type { Answer } from './exchange.ts';

/** An error of a provider, as the client reads it: its own where both speak one format, else translated. */
export function providerError(call: Call, status: number): Answer {
  const { headers, chunks } = mockOf(call).refuse(status);
  const own = JSON.parse(String(chunks[0])) as Json;
  const body = isOwn(call) ? own : translated(call, status, own);
  return { status, headers, body, fromProvider: true };
}

/** The binary engine's mocks fail alike. */
function mockOf({ wire, type, provider: { kind } }: Call): Format {
  if (kind === 'bedrock') return converse;
  if (type === 'embeddings') return kind === 'vertex' ? generateContent : embeddings;
  if (speaksGoogle(kind, wire)) return generateContent;
  if (wire === 'messages') return messages;
  if (wire === 'responses') return responses;
  return wire === 'anthropicTokenCount' ? tokenCount : chatCompletions;
}

function speaksGoogle(kind: Call['provider']['kind'], wire: Call['wire']): boolean {
  return kind === 'gemini' || (kind === 'vertex' && wire !== 'messages');
}

function isOwn({ wire, type, provider: { kind } }: Call): boolean {
  if (type === 'embeddings') return kind !== 'bedrock';
  return wire === type && !speaksGoogle(kind, wire);
}

function translated({ type, wire, provider: { kind } }: Call, status: number, own: Json): Json {
  const message = failureMessage(status);
  const google = speaksGoogle(kind, wire) && type !== 'embeddings';
  const error = isObject(own) && isObject(own['error']) ? own['error'] : {};
  if (type === 'messages') {
    // Of an error of Bedrock the gateway leaves the outer type empty.
    if (wire === 'converse') return { type: '', error: { type: 'invalid_request_error', message } };
    return { type: 'error', error: { type: error['type'] ?? errorType(status), message } };
  }
  if (!google) return { error: { type: 'invalid_request_error', message }, event_id: null };
  const code = error['status'] ?? null;
  return { error: { type: errorType(status), message, code }, event_id: null };
}

/** How the gateway calls an error that has no type of its own. */
function errorType(status: number): string {
  if (status === 400) return 'invalid_request_error';
  if (status === 401 || status === 403) return 'authentication_error';
  if (status === 404) return 'not_found_error';
  return status === 429 ? 'rate_limit_error' : 'api_error';
}
