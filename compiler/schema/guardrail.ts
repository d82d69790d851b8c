import { z } from 'zod';
import { didYouMean } from '../diagnostics/suggest.ts';
import { duration, httpsUrl, name, plainMetadata, resource, text, unique, uniqueItems } from './common.ts';
import { hasMovingSegment, inward, moving, pointsInward, splitUrl } from './host.ts';

const builtinPatterns = ['email', 'ssn', 'creditCard', 'phoneNumber', 'caSin'] as const;
export const contentFilters = ['hate', 'insults', 'sexual', 'violence', 'misconduct', 'promptAttack'] as const;

/** What Bedrock knows as personal data. */
const piiEntities = [
  ...['ADDRESS', 'AGE', 'NAME', 'EMAIL', 'PHONE', 'USERNAME', 'PASSWORD', 'PIN', 'DRIVER_ID', 'LICENSE_PLATE'],
  ...['VEHICLE_IDENTIFICATION_NUMBER', 'URL', 'IP_ADDRESS', 'MAC_ADDRESS', 'AWS_ACCESS_KEY', 'AWS_SECRET_KEY'],
  ...['CREDIT_DEBIT_CARD_NUMBER', 'CREDIT_DEBIT_CARD_CVV', 'CREDIT_DEBIT_CARD_EXPIRY', 'SWIFT_CODE'],
  ...['INTERNATIONAL_BANK_ACCOUNT_NUMBER', 'US_BANK_ACCOUNT_NUMBER', 'US_BANK_ROUTING_NUMBER', 'US_PASSPORT_NUMBER'],
  ...['US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER', 'US_SOCIAL_SECURITY_NUMBER', 'CA_HEALTH_NUMBER'],
  ...['CA_SOCIAL_INSURANCE_NUMBER', 'UK_NATIONAL_HEALTH_SERVICE_NUMBER', 'UK_NATIONAL_INSURANCE_NUMBER'],
  'UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER',
];

/** No plain enum: its message would name all of them. */
const piiEntity = z
  .string()
  .superRefine((entity, { addIssue }) => {
    if (piiEntities.includes(entity)) return;
    const hint = didYouMean(entity, piiEntities) ?? 'Bedrock lists them under sensitive information filters';
    addIssue({ code: 'custom', message: `Bedrock knows no PII entity ${JSON.stringify(entity)}`, params: { hint } });
  })
  .meta({ examples: ['EMAIL', 'CREDIT_DEBIT_CARD_NUMBER'], enum: [...piiEntities].sort() })
  .describe("Bedrock's name of the entity");

const strength = z.enum(['none', 'low', 'medium', 'high']);
const filter = z
  .strictObject({
    input: strength.default('none').describe('How strictly requests are filtered'),
    output: strength.default('none').describe('How strictly answers are filtered'),
  })
  .describe('Strength of this filter');

const pattern = z
  .strictObject({
    name: name.meta({ examples: ['employee-id'] }).describe('DNS label, unique in the guardrail; stands in the log'),
    regex: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .meta({ examples: [String.raw`\bACME-[0-9]{6}\b`] })
      .describe('RE2 syntax'),
    builtin: z.enum(builtinPatterns).optional().describe("One of the gateway's own patterns instead of a regex"),
    action: z.enum(['mask', 'reject']).describe('mask: replace what matches; reject: refuse the whole text'),
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
      .refine(uniqueItems, unique)
      .describe('What is looked at: requests, answers or both'),
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
          .default({})
          .describe('What Bedrock looks for by meaning, and how strictly'),
        pii: z
          .array(
            z.strictObject({
              entity: piiEntity,
              action: z.enum(['block', 'mask']).describe('A mask rebuilds the messages and drops tool calls'),
            }),
          )
          .default([])
          .describe('Personal data that Bedrock looks for'),
        deniedTopics: z
          .array(
            z.strictObject({
              name: name.meta({ examples: ['legal-advice'] }).describe('DNS label, unique in the guardrail'),
              definition: text('What the topic is')
                .max(200, 'a topic definition has at most 200 characters')
                .meta({ examples: ['Requests for legal advice about a specific case.'] }),
              examples: z
                .array(
                  z
                    .string()
                    .min(1)
                    .max(100)
                    .meta({ examples: ['Can I sue my landlord?'] }),
                )
                .max(5)
                .default([])
                .describe('Requests on the topic'),
            }),
          )
          .max(30, 'Bedrock takes at most 30 topics')
          .default([])
          .describe('Topics that are refused'),
        words: z
          .strictObject({
            profanity: z.boolean().default(false).describe("Bedrock's own list of profane words"),
            list: z
              .array(
                z
                  .string()
                  .min(1)
                  .max(100)
                  .meta({ examples: ['project-nightfall'] }),
              )
              .max(10_000)
              .default([])
              .describe('Words and phrases'),
          })
          .default({ profanity: false, list: [] })
          .describe('Words that are refused'),
      })
      .optional()
      .describe('A guardrail in Amazon Bedrock, made by Terraform'),
    webhook: z
      .strictObject({
        backend: httpsUrl
          .refine((url) => !url.includes('?'), 'the gateway appends /request or /response to it: no query')
          .refine(
            (url) => !/\/(request|response)\/*$/.test(url),
            'the gateway appends /request or /response to it: leave that away',
          )
          .refine((url) => !pointsInward(splitUrl(url).authority), inward)
          .refine((url) => !hasMovingSegment(splitUrl(url).path), moving)
          .describe('https URL; the gateway posts to <backend>/request and <backend>/response'),
        timeout: duration.default('1s').describe('How long the gateway waits for its answer'),
        onFailure: z
          .enum(['reject', 'allow'])
          .default('reject')
          .describe('What happens to requests while it cannot be asked'),
      })
      .optional()
      .describe('A service of yours that judges requests and answers'),
    rejection: z
      .strictObject({
        status: z.int().min(400).max(499).default(403).describe('HTTP status'),
        message: text('What the client reads').default('blocked by policy'),
      })
      .default({ status: 403, message: 'blocked by policy' })
      .describe('How a refused request is answered'),
    examples: z
      .strictObject({
        blocked: z
          .array(z.string().meta({ examples: ['my key is AKIAIOSFODNN7EXAMPLE'] }))
          .default([])
          .describe('Texts that a pattern matches'),
        allowed: z
          .array(z.string().meta({ examples: ['what is a key?'] }))
          .default([])
          .describe('Texts that no pattern matches'),
      })
      .default({ blocked: [], allowed: [] })
      .describe('Texts that the patterns must and must not match'),
  }),
);
