import { z } from 'zod';
import { schemaVersion } from '../vocabulary.ts';

/**
 * The decision table as data: credential → tenant → class → (public model) → rule → route. People and tools read this;
 * the gateway reads the same table as CEL.
 */

export const clientFormats = ['openai', 'anthropic'] as const;
export const routeTypes = ['completions', 'messages', 'anthropicTokenCount', 'responses', 'embeddings'] as const;

/** Stand where a class or a rule would: every way in which the table says no. */
export const denials = {
  token: '!token',
  tenant: '!tenant',
  suspended: '!suspended',
  limit: '!limit',
  json: '!json',
  large: '!large',
  blocked: '!blocked',
  model: '!model',
} as const;

/** No class and no rule begins with it. */
export const denialMark = '!';

export function isDenial(decision: string): boolean {
  return decision.startsWith(denialMark);
}

const target = z.strictObject({
  provider: z.string().describe('Provider resource'),
  model: z.string().nullable().describe("Upstream model; null: the client's name goes upstream"),
});

const branch = z.strictObject({
  weight: z.int().positive().describe('Share of the requests, relative to its siblings'),
  targets: z.array(target).min(1).describe('Tried in order'),
  unhealthy: z
    .strictObject({ statuses: z.array(z.int()), cooldown: z.string() })
    .nullable()
    .describe('When a target is left alone, and for how long; null where there is no other target'),
});

const when = z.strictObject({
  maxTokensOver: z.int().optional(),
  promptCharactersOver: z.int().optional(),
  stream: z.boolean().optional(),
  tools: z.boolean().optional(),
  header: z.strictObject({ name: z.string(), equals: z.string() }).optional(),
});

const routeCase = z.strictObject({
  when: when.nullable().describe('All of these hold; null: always. The first case that matches wins'),
  branches: z.array(branch).min(1),
  retry: z.strictObject({ retries: z.int().positive(), backoff: z.string(), statuses: z.array(z.int()) }).nullable(),
});

const rule = z.strictObject({
  profile: z.string(),
  model: z.string().describe('Public model or wildcard, as the profile names it'),
  surfaces: z.array(z.string()).describe('Paths that every target of the rule can serve'),
  guardrails: z.array(z.string()).describe('In order, mandatory ones of the environment first'),
  timeouts: z.strictObject({ request: z.string(), attempt: z.string() }),
  promptCaching: z
    .strictObject({ system: z.boolean(), messages: z.boolean(), tools: z.boolean(), minTokens: z.int() })
    .nullable(),
  parameters: z.strictObject({
    defaults: z.record(z.string(), z.json()),
    overrides: z.record(z.string(), z.json()),
  }),
  cases: z.array(routeCase).min(1),
});

export const decisionTableSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  clients: z.record(z.string(), z.string()).describe('Client key → tenant, or @claim for the workforce client'),
  tenants: z.record(
    z.string(),
    z.strictObject({
      class: z.string().describe('Class id, or a denial such as !suspended'),
      costCenter: z.string(),
      limits: z
        .strictObject({ requestsPerMinute: z.int().nullable(), tokensPerDay: z.int().nullable() })
        .describe('null: no limit'),
    }),
  ),
  classes: z.record(
    z.string(),
    z.strictObject({
      profile: z.string(),
      guardrails: z.array(z.string()),
      residency: z.array(z.string()).nullable(),
      models: z.record(z.string(), z.string()).describe('Public model (aliases and expanded wildcards too) → rule id'),
      aliases: z.record(z.string(), z.string()).describe('Alias → public model, under which it is logged and budgeted'),
    }),
  ),
  rules: z.record(z.string(), rule),
  surfaces: z.record(z.string(), z.strictObject({ format: z.enum(clientFormats), routeType: z.enum(routeTypes) })),
});

export type DecisionTable = z.infer<typeof decisionTableSchema>;
export type Rule = DecisionTable['rules'][string];
export type RouteCase = Rule['cases'][number];
export type When = NonNullable<RouteCase['when']>;
export type Branch = RouteCase['branches'][number];
export type Target = Branch['targets'][number];
export type RouteType = (typeof routeTypes)[number];
/** The format in which clients speak and read errors. */
export type ClientFormat = (typeof clientFormats)[number];
