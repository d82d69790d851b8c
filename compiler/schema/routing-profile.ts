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

/** Statuses after which the next target is tried; connection failures and attempt timeouts always count. */
export const defaultFailoverStatuses = [429, 500, 502, 503, 504, 529];

const fallback = z.strictObject({
  targets: z.array(target).min(2, 'a fallback has at least two targets; use single for one').max(8),
  on: z
    .array(z.int().min(400).max(599))
    .min(1)
    .refine(uniqueItems, unique)
    .default(defaultFailoverStatuses)
    .describe('Answer statuses after which the next target is tried'),
  retries: z.int().min(1).max(10).optional().describe('Default: one less than there are targets'),
  backoff: duration.default('50ms'),
  cooldown: duration.default('2s').describe('How long a failed target is left alone, for every tenant'),
});

const branch = z
  .strictObject({
    share: z.int().min(1, 'a share is at least 1').max(1_000_000),
    single: target.optional(),
    fallback: fallback.optional(),
  })
  .refine(
    (b) => (b.single === undefined) !== (b.fallback === undefined),
    'a branch has exactly one of single and fallback',
  );

const strategies = ['single', 'fallback', 'weighted'] as const;

const parameterName = z.string().max(128, 'a parameter name has at most 128 characters');

const model = z
  .strictObject({
    aliases: z.array(publicModel).refine(uniqueItems, unique).default([]).describe('Further exact public names'),
    parameters: z
      .strictObject({
        defaults: z.record(parameterName, z.json()).default({}).describe('Request fields that a client may set itself'),
        overrides: z.record(parameterName, z.json()).default({}).describe('Request fields that always have this value'),
      })
      .default({ defaults: {}, overrides: {} }),
    single: target.optional(),
    fallback: fallback.optional(),
    weighted: z
      .array(branch)
      .min(2, 'a weighted split has at least two branches; use single or fallback for one')
      .optional(),
  })
  .refine(
    (m) => strategies.filter((strategy) => m[strategy] !== undefined).length === 1,
    `a model has exactly one of ${strategies.join(', ')}`,
  );

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
          .describe('For one attempt, until the answer begins; default 60s, or request where that is shorter'),
      })
      .optional(),
    promptCaching: z
      .strictObject({
        system: z.boolean().default(true),
        messages: z.boolean().default(true),
        tools: z.boolean().default(false),
        minTokens: z.int().min(0).max(1_000_000).default(1024),
      })
      .optional()
      .describe('Cache points for chat and responses clients on Bedrock'),
    models: z.record(modelPattern, model).default({}).describe('Public model, or a wildcard, to its strategy'),
  }),
);
