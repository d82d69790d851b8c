import { z } from 'zod';
import type { ClientFormat } from './artifacts/decision-table.ts';

/**
 * What the gateway asks the budget service before every request, on every surface, and how the service may answer.
 *
 * - The question holds names and never a prompt: a body with anything else in it is refused.
 * - The gateway hands every answer that is not 2xx to the client as it is, body and content type included, whatever its
 *   failure mode says. So a denial is written in the client's format, and a service that cannot decide must not answer
 *   5xx: that would reach the client even where the environment says to let requests pass. It lets the deadline go by,
 *   or cuts the connection; only then does the gateway's failure mode decide.
 * - An answer counts only within the deadline (`http.requestTimeout` of the backend). One that comes later is a failure
 *   of the service to the gateway, even if it was a denial.
 * - Answers are cached by tenant, model and path for some seconds: a denial too, so a raised budget is seen that late.
 */
export const budgetPath = '/v1/budget';

export const budgetRequestSchema = z.strictObject({
  tenant: z.string(),
  model: z.string().describe('Public model'),
  client: z.string().describe('App client id'),
  path: z.string().describe("Path of the client's request: it tells in which format a denial is written"),
  release: z.string().describe('Release id of the gateway that asks'),
});

export type BudgetRequest = z.infer<typeof budgetRequestSchema>;

const headers = z.strictObject({ 'content-type': z.literal('application/json') });

const allowed = z.strictObject({ status: z.literal(200), headers, body: z.strictObject({}) });

/** 402: the budget is used up. 403: nobody is known by that name. */
const status = z.literal([402, 403]);

const openAiDenial = z.strictObject({
  status,
  headers,
  body: z.strictObject({
    error: z.strictObject({
      message: z.string(),
      type: z.enum(['insufficient_quota', 'permission_error']),
      param: z.null(),
      code: z.enum(['budget_exceeded', 'unknown_tenant']),
    }),
  }),
});

const anthropicDenial = z.strictObject({
  status,
  headers,
  body: z.strictObject({
    type: z.literal('error'),
    error: z.strictObject({ type: z.enum(['billing_error', 'permission_error']), message: z.string() }),
  }),
});

export const budgetAnswerSchema = z.union([allowed, openAiDenial, anthropicDenial]);

export type BudgetAnswer = z.infer<typeof budgetAnswerSchema>;

/** The format in which the client of a path reads errors. */
export function clientFormatOf(path: string): ClientFormat {
  return /^\/v1\/messages(\/|$)/.test(path) ? 'anthropic' : 'openai';
}
