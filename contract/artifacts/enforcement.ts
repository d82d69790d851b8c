import { z } from 'zod';
import { schemaVersion } from '../vocabulary.ts';

/**
 * How this environment enforces what the configuration says, for people: the plan prints it. Each limit and budget is
 * stated once for all tenants that have it, and each guardrail once for all models that it stands before.
 */

/**
 * hard: no request beyond it is served. next-request: what is over it is noticed afterwards, and the next request is
 * refused. advisory: refused at some point, but later than written. none: never refused.
 */
export const strengths = ['hard', 'next-request', 'advisory', 'none'] as const;
export type Strength = (typeof strengths)[number];

export const enforced = [
  'zeroLimit',
  'requestsPerMinute',
  'tokensPerDay',
  'monthlyBudget',
  'monthlyBudgetWarn',
  'modelBudgets',
  'modelBudgetsWarn',
] as const;
export type Enforced = (typeof enforced)[number];

const statement = z.strictObject({
  strength: z.enum(strengths),
  mechanism: z.string().describe('What counts and what refuses'),
  overshoot: z.string().describe('The worst case beyond what is written'),
  outage: z.string().nullable().describe('What clients see while a service that it asks is down; null: it asks none'),
  tenants: z.int().positive().describe('How many active tenants have it'),
});

/** What a guardrail does not see or do, although a reader of its definition could think so. */
export const gaps = [
  'detect-only',
  'text-only',
  'unread-surfaces',
  'rebuilt-messages',
  'unread-streams',
  'stream-windows',
  'stream-masks',
  'rejected-usage',
  'mask-limit',
  'bedrock-outage',
  'webhook-outage',
] as const;
export type GapKind = (typeof gaps)[number];

const gap = z.strictObject({ gap: z.enum(gaps), statement: z.string() });

export const enforcementSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  statements: z.partialRecord(z.enum(enforced), statement).describe('Of limits and budgets that a tenant has'),
  guardrails: z.record(z.string(), z.array(gap)).describe('Of every guardrail that stands before a model'),
});

export type Enforcement = z.infer<typeof enforcementSchema>;
export type EnforcementStatement = z.infer<typeof statement>;
export type Gap = z.infer<typeof gap>;
