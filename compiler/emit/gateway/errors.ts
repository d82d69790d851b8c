import type { ClientFormat } from '../../../contract/artifacts/decision-table.ts';
import type { Json } from '../../../contract/canonical.ts';

/** The error type that either API documents for a status. */
export function errorType(format: ClientFormat, status: number): string {
  if (status >= 500) return 'api_error';
  if (status === 429) return 'rate_limit_error';
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (format === 'anthropic' && status === 404) return 'not_found_error';
  if (format === 'anthropic' && status === 413) return 'request_too_large';
  return 'invalid_request_error';
}

/** An error in the client's format. Only OpenAI's has a code. */
export function jsonError(format: ClientFormat, status: number, message: string, code: string): Json {
  const type = errorType(format, status);
  return format === 'openai'
    ? { error: { message, type, param: null, code } }
    : { type: 'error', error: { type, message } };
}
