import type { ClientFormat } from '../../../contract/artifacts/decision-table.ts';

interface ErrorBody {
  readonly type?: string;
  readonly error?: { readonly message?: string; readonly type?: string; readonly code?: string };
}

/** In which clients' format an error is written. Anthropic's errors say so at the top; OpenAI's have a code. */
export function formatOf(body: unknown): ClientFormat | undefined {
  const { type, error } = bodyOf(body);
  if (typeof error?.type !== 'string' || typeof error.message !== 'string') return undefined;
  if (type === 'error') return error.code === undefined ? 'anthropic' : undefined;
  return type === undefined && typeof error.code === 'string' ? 'openai' : undefined;
}

export function messageOf(body: unknown): string {
  return bodyOf(body).error?.message ?? '';
}

function bodyOf(body: unknown): ErrorBody {
  try {
    const value: unknown = JSON.parse(String(body));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
