import { z } from 'zod';
import { rateNames } from '../../contract/artifacts/cost-table.ts';
import { clientFormats, decisionTableSchema } from '../../contract/artifacts/decision-table.ts';
import { gaps } from '../../contract/artifacts/enforcement.ts';
import { layered, place } from './place.ts';

const refusals = [
  'retired-tenant',
  'suspended',
  'zero-limit',
  'denied',
  'not-allowed',
  'not-in-profile',
  'residency',
  'no-surface',
  'retired',
  'no-price',
  'path',
] as const;

/** Why something is not served, and what a client gets instead. */
export const refusalSchema = z.strictObject({
  reason: z.enum(refusals),
  status: z.int(),
  code: z.string().describe('In the error that the client reads'),
  sentence: z.string(),
  place: place.nullable(),
});

const rates = z.partialRecord(z.enum(rateNames), z.string()).describe('USD per 1M tokens, discount applied');

const price = z.strictObject({
  from: z.iso.date(),
  rates,
  tiers: z.array(z.strictObject({ contextOver: z.int(), rates })),
  discountPercent: z.string().nullable(),
  place,
});

const upstream = z.strictObject({
  model: z.string().describe("The provider's model id"),
  price: price.nullable().describe('In force on the day'),
  next: price.nullable().describe('The next step'),
  retires: z.strictObject({ on: z.iso.date(), place }).nullable(),
});

const target = z.strictObject({
  provider: z.string(),
  type: z.string(),
  location: z.string().nullable().describe('Region, Azure resource or host; null: the one endpoint of the provider'),
  residency: z.string(),
  credentials: z.string().describe('taskRole, or the name of a secret'),
  priceKey: z.string().describe('Name under which the provider is logged and priced'),
  upstream: z.array(upstream).describe("Several only where the client's name goes upstream"),
  place,
});

const branch = z.strictObject({
  percent: z.number().describe('Of the requests of the case'),
  targets: z.array(target).describe('Tried in order'),
  failover: z
    .strictObject({
      statuses: layered(z.array(z.int())),
      retries: layered(z.int()),
      backoff: layered(z.string()),
      cooldown: layered(z.string().describe('How long a failed target is left alone')),
    })
    .nullable()
    .describe('null: there is no other target'),
});

const removed = z.strictObject({
  provider: z.string(),
  model: z.string().nullable(),
  residency: z.string(),
  place,
});

const routeCase = z.strictObject({
  when: decisionTableSchema.shape.rules.valueType.shape.cases.element.shape.when,
  place,
  branches: z.array(branch),
});

const surface = z.strictObject({
  path: z.string(),
  format: z.enum(clientFormats),
  served: z.boolean(),
  because: z.array(z.string()).describe('Targets that cannot serve it, as provider model'),
});

const guard = z.strictObject({
  name: z.string(),
  mode: z.enum(['detect', 'enforce']),
  phases: z.array(z.enum(['request', 'response'])),
  rejects: z.int().describe('Status of a rejection'),
  asksWebhook: z.boolean().describe('A webhook rejects with a status of its own'),
  gaps: z.array(z.strictObject({ gap: z.enum(gaps), statement: z.string() })).describe('What it does not see or do'),
  place,
});

const answerSources = ['token', 'path', 'body', 'guardrail', 'limit', 'budget', 'provider'] as const;

const answer = z.strictObject({
  status: z.int().nullable().describe('null: whatever a provider or a webhook says'),
  source: z.enum(answerSources),
  sentence: z.string(),
  place: place.nullable(),
});

/** The way of a request for one model. */
export const routeSchema = z.strictObject({
  asked: z.string(),
  model: z.string().describe('Under which it is logged, budgeted and priced'),
  rule: z.string(),
  profile: z.string(),
  place,
  surfaces: z.array(surface),
  asksForPath: z.boolean().nullable().describe('Whether the path that was asked for is served; null: none was'),
  parameters: z.array(
    z.strictObject({ name: z.string(), kind: z.enum(['default', 'override']), value: z.json(), place }),
  ),
  promptCaching: z
    .strictObject({
      system: z.boolean(),
      messages: z.boolean(),
      tools: z.boolean(),
      minTokens: z.int(),
      place,
    })
    .nullable(),
  timeouts: z.strictObject({ request: layered(z.string()), attempt: layered(z.string()) }),
  cases: z.array(routeCase).describe('The first that matches is taken'),
  removed: z.array(removed).describe('Targets that residency removed'),
  guardrails: z.array(guard),
  answers: z.array(answer).describe('What a client may get instead of an answer of the model'),
  ledger: z.strictObject({ tenant: z.string(), model: z.string(), costCenter: z.string() }),
});

export type Route = z.infer<typeof routeSchema>;
export type Refusal = z.infer<typeof refusalSchema>;
export type Target = z.infer<typeof target>;
export type Price = z.infer<typeof price>;
export type Branch = z.infer<typeof branch>;
export type Answer = z.infer<typeof answer>;
