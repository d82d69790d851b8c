import { z } from 'zod';
import { strengths } from '../../contract/artifacts/enforcement.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import { tenantStatuses } from '../schema/tenant.ts';
import { layered, place } from './place.ts';
import { refusalSchema, routeSchema } from './route-schema.ts';

/**
 * What holds for a tenant on a day, environment by environment, each value with the place that decided it: the text and
 * the JSON of `gatewright explain` are both made from this.
 */

const enforcement = z
  .strictObject({
    strength: z.enum(strengths),
    mechanism: z.string(),
    overshoot: z.string(),
    outage: z.string().nullable().describe('What clients see while a service that it asks is down; null: it asks none'),
  })
  .describe('How the environment enforces it');

const ceiling = <S extends z.ZodType>(value: S) =>
  z
    .strictObject({ value, headroom: value.describe('Ceiling less value'), place })
    .nullable()
    .describe('Of the tier');

const limit = layered(z.int().nullable().describe('null: no limit'), {
  ceiling: ceiling(z.int()),
  enforcement: enforcement.nullable().describe('null: there is nothing to enforce'),
});

const usd = z.string().describe('USD, decimal');

const budget = z.strictObject({
  monthlyUsd: layered(usd.nullable(), { ceiling: ceiling(usd), enforcement: enforcement.nullable() }),
  timezone: layered(z.string().describe('IANA time zone whose months count')),
  alertsAtPercent: layered(z.array(z.int())),
  onExceeded: layered(z.enum(['reject', 'warn'])),
  models: z.array(z.strictObject({ model: z.string(), monthlyUsd: layered(usd), enforcement: enforcement })),
});

const guardrail = z.strictObject({
  name: z.string(),
  mode: z.enum(['detect', 'enforce']).nullable().describe('null: there is no such guardrail'),
  phases: z.array(z.enum(['request', 'response'])),
  demandedBy: z.array(z.strictObject({ layer: z.enum(['environment', 'tenant', 'override']), place })),
  definition: place.nullable(),
});

const client = z.strictObject({
  name: z.string(),
  key: z.string().describe('<tenant>/<client>'),
  scopes: layered(z.array(z.string().describe('As tokens name it'))),
  mayInvoke: z.boolean().describe('false: its tokens are answered 403, it lacks the scope'),
  accessTokenMinutes: layered(z.int()),
  cognitoName: z.string().describe('Name of the app client in the user pool'),
  secret: z.string().describe('Secrets Manager name where the tenant reads its credentials'),
  place,
});

const people = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), place })),
  client: z
    .strictObject({
      key: z.string(),
      cognitoName: z.string(),
      scopes: z.array(z.string()),
      accessTokenMinutes: z.int(),
      tenantClaim: z.string(),
      place,
    })
    .nullable()
    .describe('The app client of the federation; null: there is none'),
});

const callable = z.strictObject({
  name: z.string().describe('Public model or wildcard, as the profile names it'),
  others: z.array(z.string()).describe('Aliases; of a wildcard, the names that it stands for'),
  rule: z.string(),
  profile: z.string().describe('That names it: the own one or one that it extends'),
  strategy: z.enum(['single', 'fallback', 'weighted', 'conditional']),
  targets: z.array(z.string()).describe('Providers in the order in which they are tried, of all cases and branches'),
  surfaces: z.array(z.string()),
  place,
});

const withheld = refusalSchema.extend({ name: z.string(), others: z.array(z.string()) });

const present = z.strictObject({
  environment: z.string(),
  class: z.string(),
  absent: z.null(),
  status: layered(z.enum(tenantStatuses), {
    becomes: z.array(z.strictObject({ on: z.iso.date(), event: z.enum(['retires', 'deletable']), place })),
  }),
  refusesAll: refusalSchema.nullable().describe('Why every request is refused; null: it is not'),
  tier: layered(z.string()),
  residency: layered(z.array(z.string()).nullable().describe('null: anywhere')),
  routing: layered(z.string(), { extends: z.array(z.strictObject({ profile: z.string(), place })) }),
  guardrails: z.array(guardrail),
  limits: z.strictObject({ requestsPerMinute: limit, tokensPerDay: limit }),
  budget,
  clients: z.array(client),
  people,
  models: z
    .strictObject({ callable: z.array(callable), withheld: z.array(withheld) })
    .nullable()
    .describe('null: a single model was asked for'),
  route: z.union([routeSchema, refusalSchema]).nullable().describe('Of the model that was asked for; null: none was'),
});

const absent = z.strictObject({ environment: z.string(), class: z.string(), absent: place });

export const explanationSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  date: z.iso.date(),
  tenant: z.strictObject({
    name: z.string().describe('Also the ledger key'),
    displayName: z.string(),
    owners: z.array(z.string()),
    costCenter: z.string(),
    orgUnit: z.string().nullable(),
    formerly: z.array(z.string()),
    place,
  }),
  asked: z.strictObject({ model: z.string().nullable(), client: z.string().nullable(), path: z.string().nullable() }),
  errors: z.int().describe('Of the configuration: where there are any, what is explained is only what is known'),
  environments: z.array(z.union([present, absent])),
});

export type Explanation = z.infer<typeof explanationSchema>;
export type Environment = Explanation['environments'][number];
export type Present = z.infer<typeof present>;
export type Enforcement = z.infer<typeof enforcement>;
export type Callable = z.infer<typeof callable>;
export type Withheld = z.infer<typeof withheld>;
