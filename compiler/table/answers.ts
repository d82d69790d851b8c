import type { denials } from '../../contract/artifacts/decision-table.ts';

/** `unsupported`: whatever no other route took. */
export type Denial = keyof typeof denials | 'unsupported';

/** What a client reads where the table says no: status and code. */
export const denialAnswers: Readonly<Record<Denial, { readonly status: number; readonly code: string }>> = {
  token: { status: 403, code: 'invalid_token' },
  tenant: { status: 403, code: 'unknown_tenant' },
  suspended: { status: 403, code: 'tenant_suspended' },
  limit: { status: 429, code: 'rate_limit_exceeded' },
  json: { status: 400, code: 'invalid_body' },
  large: { status: 413, code: 'body_too_large' },
  blocked: { status: 403, code: 'guardrail_blocked' },
  model: { status: 404, code: 'model_not_found' },
  unsupported: { status: 400, code: 'unsupported_path' },
};
