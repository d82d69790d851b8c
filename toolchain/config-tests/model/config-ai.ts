import { z } from 'zod';
import { expressions, json } from './config-values.ts';

const rejection = z.strictObject({
  status: z.int().default(403),
  body: z.string().default('The request was rejected due to inappropriate content'),
  headers: z.strictObject({ set: z.record(z.string(), z.string()) }).optional(),
});

const builtin = z.enum(['email', 'ssn', 'creditCard', 'phoneNumber', 'caSin']);

const guard = z.union([
  z.strictObject({
    regex: z.strictObject({
      action: z.enum(['mask', 'reject']).default('mask'),
      rules: z.array(z.union([z.strictObject({ pattern: z.string() }), z.strictObject({ builtin })])),
    }),
    rejection: rejection.prefault({}),
  }),
  z.strictObject({
    webhook: z.strictObject({
      target: z.strictObject({ backend: z.string() }),
      headers: expressions.optional(),
      failureMode: z.enum(['failOpen', 'failClosed']).default('failClosed'),
    }),
  }),
  z.strictObject({
    bedrockGuardrails: z.strictObject({
      guardrailIdentifier: z.string(),
      guardrailVersion: z.string(),
      region: z.string(),
    }),
    rejection: rejection.prefault({}),
  }),
]);

const routeType = z.enum(['completions', 'messages', 'responses', 'embeddings', 'anthropicTokenCount']);

/** The `ai` policy of a route. */
export const ai = z.strictObject({
  routes: z.record(z.string(), routeType),
  defaults: z.record(z.string(), json).optional(),
  overrides: z.record(z.string(), json).optional(),
  transformations: expressions.optional(),
  promptGuard: z
    .strictObject({
      streaming: z.enum(['Enabled', 'Disabled']).optional(),
      request: z.array(guard).optional(),
      response: z.array(guard).optional(),
    })
    .optional(),
  promptCaching: z
    .strictObject({
      cacheSystem: z.boolean().optional(),
      cacheMessages: z.boolean().optional(),
      cacheTools: z.boolean().optional(),
      minTokens: z.int().optional(),
    })
    .optional(),
});

export type Ai = z.infer<typeof ai>;
export type Guard = z.infer<typeof guard>;
export type Builtin = z.infer<typeof builtin>;
export type Rejection = z.infer<typeof rejection>;
export type RouteType = z.infer<typeof routeType>;
