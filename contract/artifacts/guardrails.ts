import { z } from 'zod';
import { schemaVersion } from '../vocabulary.ts';

const strength = z.enum(['none', 'low', 'medium', 'high']);

/** What Terraform makes of a guardrail in Bedrock, named as Bedrock names it. */
const bedrock = z.strictObject({
  contentFilters: z.array(
    z.strictObject({
      type: z.enum(['HATE', 'INSULTS', 'SEXUAL', 'VIOLENCE', 'MISCONDUCT', 'PROMPT_ATTACK']),
      inputStrength: strength,
      outputStrength: strength,
      action: z.enum(['BLOCK', 'NONE']),
    }),
  ),
  piiEntities: z.array(z.strictObject({ type: z.string(), action: z.enum(['BLOCK', 'ANONYMIZE', 'NONE']) })),
  topics: z.array(
    z.strictObject({
      name: z.string(),
      definition: z.string(),
      examples: z.array(z.string()),
      action: z.enum(['BLOCK', 'NONE']),
    }),
  ),
  profanity: z.boolean(),
  words: z.array(z.string()),
  wordAction: z.enum(['BLOCK', 'NONE']),
});

const guardrail = z.strictObject({
  bedrock: bedrock.nullable(),
  digest: z
    .string()
    .nullable()
    .describe('Digest of the Bedrock definition; the deploy stops where Terraform published another'),
  mode: z.enum(['detect', 'enforce']),
  phases: z.array(z.enum(['request', 'response'])),
  streaming: z.enum(['guard', 'pass']),
  patterns: z.array(
    z.strictObject({
      name: z.string(),
      regex: z.string().nullable(),
      builtin: z.string().nullable(),
      action: z.enum(['mask', 'reject']),
    }),
  ),
  webhook: z
    .strictObject({ backend: z.string(), timeout: z.string(), onFailure: z.enum(['reject', 'allow']) })
    .nullable(),
  rejection: z.strictObject({ status: z.int(), message: z.string() }),
});

export const guardrailsSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  mandatory: z.array(z.string()),
  guardrails: z.record(z.string(), guardrail),
});

export type GuardrailDefinitions = z.infer<typeof guardrailsSchema>;
