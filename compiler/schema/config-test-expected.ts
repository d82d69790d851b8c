import { z } from 'zod';
import { name, reference, unique, uniqueItems } from './common.ts';

/** A header name as HTTP/2 has it. */
export const anyHeader = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'a header name has lower-case letters, digits and hyphens');

/** What must come of a request. */
export const expected = z
  .strictObject({
    status: z
      .int()
      .min(100)
      .max(599)
      .meta({ examples: [200, 403, 429] })
      .describe('HTTP status of the answer'),
    rule: z
      .string()
      .optional()
      .meta({ examples: ['bedrock-first.claude-sonnet'] })
      .describe('Rule of the decision table'),
    provider: reference('Provider').optional().describe('The last provider that was called'),
    attempts: z
      .array(reference('Provider'))
      .optional()
      .describe('All providers that were called, in order; empty: none'),
    shares: z
      .record(
        name,
        z
          .int()
          .min(0)
          .max(100)
          .meta({ examples: [70] }),
      )
      .refine((shares) => Object.values(shares).reduce((a, b) => a + b, 0) === 100, 'shares add up to 100')
      .optional()
      .describe('Percent of the requests by the last provider that was called'),
    tolerance: z
      .int()
      .min(1)
      .max(50)
      .optional()
      .meta({ examples: [5] })
      .describe('Percentage points by which a measured share may differ; default 5'),
    upstreamModel: z
      .string()
      .optional()
      .meta({ examples: ['claude-sonnet-5-5'] })
      .describe("The provider's model id"),
    sent: z
      .record(z.string(), z.json())
      .optional()
      .meta({ examples: [{ temperature: 0.2, store: null }] })
      .describe('Fields of the body that reaches the provider; null: absent'),
    prompt: z
      .string()
      .optional()
      .meta({ examples: ['what is a key?'] })
      .describe('The user text that reaches the provider, after masks'),
    answer: z
      .string()
      .optional()
      .meta({ examples: ['hello'] })
      .describe('The text that reaches the client, after masks'),
    guardrails: z
      .array(reference('Guardrail'))
      .refine(uniqueItems, unique)
      .optional()
      .describe('On the route, in order'),
    detected: z
      .array(z.string().meta({ examples: ['pii-detect/ssn'] }))
      .optional()
      .describe('guardrail/pattern pairs that were only logged'),
    limits: z
      .strictObject({
        requestsPerMinute: z
          .int()
          .nullable()
          .optional()
          .meta({ examples: [100] })
          .describe('Per minute; null: none'),
        tokensPerDay: z
          .int()
          .nullable()
          .optional()
          .meta({ examples: [500_000] })
          .describe('Per day; null: none'),
      })
      .optional()
      .describe('Limits that count the request; null: none'),
    costUsd: z
      .string()
      .regex(
        /^\d{1,9}(\.\d{1,12})?$/,
        'a cost is a decimal string in USD with at most twelve decimals, such as "0.00693"',
      )
      .optional()
      .meta({ examples: ['0.00693'] })
      .describe('What the answer of 1000 input and 500 output tokens costs'),
    costCenter: z
      .string()
      .optional()
      .meta({ examples: ['CC-5678'] })
      .describe('Cost centre in the log'),
    headers: z
      .record(anyHeader, z.union([z.string(), z.boolean()]))
      .optional()
      .meta({ examples: [{ 'retry-after': true }] })
      .describe('Response headers: the value, or whether there is one'),
    models: z
      .array(z.string().meta({ examples: ['claude-sonnet'] }))
      .optional()
      .describe('Ids that /v1/models lists, sorted'),
    error: z
      .strictObject({
        type: z
          .string()
          .optional()
          .meta({ examples: ['permission_error'] })
          .describe('Its type'),
        code: z
          .string()
          .optional()
          .meta({ examples: ['guardrail_blocked'] })
          .describe('Its code'),
        message: z
          .string()
          .optional()
          .meta({ examples: ['blocked by policy'] })
          .describe('A part of its message'),
      })
      .optional()
      .describe("The JSON error, in the client's format"),
  })
  .refine((e) => e.shares === undefined || e.provider === undefined, 'expect either provider or shares')
  .refine((e) => e.tolerance === undefined || e.shares !== undefined, 'tolerance belongs to shares');
