import { z } from 'zod';
import {
  duration,
  modelPattern,
  plainMetadata,
  publicModel,
  reference,
  resource,
  unique,
  uniqueItems,
  upstreamModel,
} from './common.ts';

const target = z.strictObject({
  provider: reference('Provider'),
  model: upstreamModel.optional().describe("The provider's model id; without it the client's name goes upstream"),
});

const maxTokens = 100_000_000;
const maxCharacters = 100_000_000;

/** Statuses after which the next target is tried; connection failures and attempt timeouts always count. */
export const defaultFailoverStatuses = [429, 500, 502, 503, 504, 529];

const fallback = z.strictObject({
  targets: z
    .array(target)
    .min(2, 'a fallback has at least two targets; use single for one')
    .max(8)
    .describe('Tried in this order'),
  on: z
    .array(
      z
        .int()
        .min(400)
        .max(599)
        .meta({ examples: [429] }),
    )
    .min(1)
    .refine(uniqueItems, unique)
    .default(defaultFailoverStatuses)
    .describe('Answer statuses after which the next target is tried'),
  retries: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .meta({ examples: [1] })
    .describe('Further attempts; default: one less than there are targets'),
  backoff: duration.default('50ms').describe('Pause before the next attempt'),
  cooldown: duration.default('2s').describe('How long a failed target is left alone, for every tenant'),
});

const single = target.optional().describe('One target');

const weighted = z
  .array(
    z
      .strictObject({
        share: z
          .int()
          .min(1, 'a share is at least 1')
          .max(1_000_000)
          .meta({ examples: [70] })
          .describe('Its part of the requests, in relation to the other shares'),
        single,
        fallback: fallback.optional().describe('Several targets, the next when one fails'),
      })
      .refine((b) => hasOneOf(b, ['single', 'fallback']), 'a branch has exactly one of single and fallback'),
  )
  .min(2, 'a weighted split has at least two branches; use single or fallback for one')
  .max(100)
  .describe('Branches, drawn by their share for each request');

/** Headers that a condition may not read: the gateway decides by them, removes them, or takes credentials from them. */
const reservedHeaders =
  /^(authorization|cookie|proxy-authorization|host|api-key|x-api-key|x-goog-api-key|x-goog-user-project|x-amz-security-token|x-retry-attempt|openai-.*|x-gw-.*)$/;

const when = z
  .strictObject({
    maxTokensOver: z
      .int()
      .min(0)
      .max(maxTokens)
      .optional()
      .meta({ examples: [4000] })
      .describe('The client asks for more output tokens than this'),
    promptCharactersOver: z
      .int()
      .min(0)
      .max(maxCharacters)
      .optional()
      .meta({ examples: [100_000] })
      .describe(
        'The prompt, as the JSON text of messages, system, input and instructions, has more characters than this',
      ),
    stream: z.boolean().optional().describe('The client asks for a stream, or does not'),
    tools: z.boolean().optional().describe('The client offers tools, or does not'),
    header: z
      .strictObject({
        name: z
          .string()
          .regex(/^[a-z][a-z0-9-]{0,63}$/, 'a header name has lower-case letters, digits and hyphens')
          .refine(
            (name) => !reservedHeaders.test(name),
            'a condition cannot read credentials or what the gateway itself decides by',
          )
          .meta({ examples: ['x-priority'] })
          .describe('Header name, lower case'),
        equals: z
          .string()
          .regex(
            /^[!-~]([ -~]{0,254}[!-~])?$/,
            'a header value has 1 to 256 printable ASCII characters and no outer spaces, which HTTP takes away',
          )
          .meta({ examples: ['high'] })
          .describe('The whole value, exactly'),
      })
      .optional()
      .describe('A request header has exactly this value'),
  })
  .refine((w) => Object.values(w).some((fact) => fact !== undefined), 'a condition names at least one fact')
  .describe('All of these hold');

const conditional = z
  .array(
    z
      .strictObject({
        when: when.optional(),
        single,
        fallback: fallback.optional().describe('Several targets, the next when one fails'),
        weighted: weighted.optional(),
      })
      .refine(
        (c) => hasOneOf(c, ['single', 'fallback', 'weighted']),
        'a case has exactly one of single, fallback and weighted',
      ),
  )
  .min(2, 'a conditional has at least two cases; use another strategy for one')
  .max(16, 'a conditional has at most 16 cases')
  .superRefine((cases, ctx) => {
    const last = cases.length - 1;
    const early = cases.findIndex(({ when: condition }, index) => condition === undefined && index < last);
    if (early !== -1) ctx.addIssue(misplaced([early], 'has no when, so it takes all requests from those after it'));
    else if (cases[last]?.when !== undefined) ctx.addIssue(misplaced([last, 'when'], lastHasWhen));
  })
  .describe('Cases in order: the first whose condition holds, or the last');

const lastHasWhen = 'is the last and has a when: requests that no case takes would have no answer';

function misplaced(path: (string | number)[], message: string) {
  const hint = 'the first case that matches wins: put the one without a when last';
  return { code: 'custom' as const, path, message: `this case of a conditional ${message}`, params: { hint } };
}

const strategies = ['single', 'fallback', 'weighted', 'conditional'] as const;

function hasOneOf(value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return names.filter((name) => value[name] !== undefined).length === 1;
}

const parameterName = z.string().max(128, 'a parameter name has at most 128 characters');

const model = z
  .strictObject({
    aliases: z.array(publicModel).refine(uniqueItems, unique).default([]).describe('Further exact public names'),
    parameters: z
      .strictObject({
        defaults: z
          .record(parameterName, z.json())
          .default({})
          .meta({ examples: [{ temperature: 0.2 }] })
          .describe('Request fields that a client may set itself'),
        overrides: z
          .record(parameterName, z.json())
          .default({})
          .meta({ examples: [{ store: false }] })
          .describe('Request fields that always have this value'),
      })
      .default({ defaults: {}, overrides: {} })
      .describe('Fields of the request body that this model sets'),
    single,
    fallback: fallback.optional().describe('Several targets, the next when one fails'),
    weighted: weighted.optional(),
    conditional: conditional.optional(),
  })
  .refine((m) => hasOneOf(m, strategies), `a model has exactly one of ${strategies.join(', ')}`)
  .describe('One public model with one strategy: single, fallback, weighted or conditional');

export const routingProfileSchema = resource(
  'RoutingProfile',
  plainMetadata,
  z.strictObject({
    extends: reference('RoutingProfile')
      .optional()
      .describe("Takes over another profile's models; models of the same name are replaced"),
    timeouts: z
      .strictObject({
        request: duration.default('300s').describe('For the whole request, all attempts together'),
        attempt: duration
          .optional()
          .meta({ examples: ['60s'] })
          .describe('For one attempt, until the answer begins; default 60s, or request where that is shorter'),
      })
      .optional()
      .describe('As a whole from the nearest profile that has them'),
    promptCaching: z
      .strictObject({
        system: z.boolean().default(true).describe('After the system prompt'),
        messages: z.boolean().default(true).describe('After the messages'),
        tools: z.boolean().default(false).describe('After the tools'),
        minTokens: z.int().min(0).max(1_000_000).default(1024).describe('Shorter prompts are not cached'),
      })
      .optional()
      .describe(
        'Cache points for chat and responses clients on Bedrock; as a whole from the nearest profile that has it',
      ),
    models: z.record(modelPattern, model).default({}).describe('Public model, or a wildcard, to its strategy'),
  }),
);
