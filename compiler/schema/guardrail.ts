import { z } from 'zod';
import { duration, httpsUrl, name, plainMetadata, resource, text, unique, uniqueItems } from './common.ts';

export const builtinPatterns = ['email', 'ssn', 'creditCard', 'phoneNumber', 'caSin'] as const;
export const contentFilters = ['hate', 'insults', 'sexual', 'violence', 'misconduct', 'promptAttack'] as const;

const strength = z.enum(['none', 'low', 'medium', 'high']);
const filter = z.strictObject({ input: strength.default('none'), output: strength.default('none') });

const pattern = z
  .strictObject({
    name,
    regex: z.string().min(1).max(500).optional().describe('RE2 syntax'),
    builtin: z.enum(builtinPatterns).optional(),
    action: z.enum(['mask', 'reject']),
  })
  .refine(
    (p) => (p.regex === undefined) !== (p.builtin === undefined),
    'a pattern has exactly one of regex and builtin',
  );

export const guardrailSchema = resource(
  'Guardrail',
  plainMetadata,
  z.strictObject({
    mode: z.enum(['detect', 'enforce']).describe('detect: matches are only logged'),
    phases: z
      .array(z.enum(['request', 'response']))
      .min(1)
      .refine(uniqueItems, unique),
    streaming: z
      .enum(['guard', 'pass'])
      .default('guard')
      .describe('Response phase: guard cuts a stream at a rejection'),
    patterns: z.array(pattern).default([]).describe('Matched in the gateway'),
    bedrock: z
      .strictObject({
        contentFilters: z
          .partialRecord(z.enum(contentFilters), filter)
          .refine(
            (filters) => (filters.promptAttack?.output ?? 'none') === 'none',
            'Bedrock looks for prompt attacks in requests only: promptAttack has no output',
          )
          .default({}),
        pii: z
          .array(
            z.strictObject({
              entity: z.string().regex(/^[A-Z][A-Z_]{1,63}$/, 'a PII entity is written as Bedrock does, such as EMAIL'),
              action: z.enum(['block', 'mask']),
            }),
          )
          .default([]),
        deniedTopics: z
          .array(
            z.strictObject({
              name,
              definition: text('What the topic is').max(200, 'a topic definition has at most 200 characters'),
              examples: z.array(z.string().min(1).max(100)).max(5).default([]),
            }),
          )
          .max(30, 'Bedrock takes at most 30 topics')
          .default([]),
        words: z
          .strictObject({
            profanity: z.boolean().default(false),
            list: z.array(z.string().min(1).max(100)).max(10_000).default([]),
          })
          .default({ profanity: false, list: [] }),
      })
      .optional()
      .describe('A guardrail in Amazon Bedrock, made by Terraform'),
    webhook: z
      .strictObject({
        backend: httpsUrl
          .refine((url) => !url.includes('?'), 'the gateway appends /request or /response to it: no query')
          .describe('https URL; the gateway posts to <backend>/request and <backend>/response'),
        timeout: duration.default('1s'),
        onFailure: z.enum(['reject', 'allow']).default('reject'),
      })
      .optional(),
    rejection: z
      .strictObject({
        status: z.int().min(400).max(499).default(403),
        message: text('What the client reads').default('blocked by policy'),
      })
      .default({ status: 403, message: 'blocked by policy' }),
    examples: z
      .strictObject({ blocked: z.array(z.string()).default([]), allowed: z.array(z.string()).default([]) })
      .default({ blocked: [], allowed: [] })
      .describe('Texts that the patterns must and must not match'),
  }),
);
