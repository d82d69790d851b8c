import { z } from 'zod';
import { scopes } from '../../contract/vocabulary.ts';
import {
  date,
  label,
  modelPattern,
  name,
  publicModel,
  reference,
  residencyLabel,
  resource,
  shortName,
  unique,
  uniqueItems,
  usd,
} from './common.ts';

export const tenantStatuses = ['active', 'suspended', 'retired'] as const;

const maxU32 = 4_294_967_295;
const limit = z.int().min(0).max(maxU32, `a limit is at most ${maxU32}`);

const limits = z.strictObject({
  requestsPerMinute: limit
    .optional()
    .meta({ examples: [100] })
    .describe('Requests per minute over all models; 0 refuses all'),
  tokensPerDay: limit
    .optional()
    .meta({ examples: [500_000] })
    .describe('Tokens per UTC day over all models; 0 refuses all'),
});

const modelBudgets = z
  .record(publicModel, z.strictObject({ monthlyUsd: usd }).describe('Budget of this model'))
  .describe('Budgets of single models, by public name');

const budget = z.strictObject({
  monthlyUsd: usd.optional().describe('Budget per calendar month'),
  timezone: z
    .string()
    .optional()
    .meta({ examples: ['Europe/Zurich'] })
    .describe('IANA time zone whose months count, such as Europe/Zurich; default UTC'),
  alertsAtPercent: z
    .array(
      z
        .int()
        .min(1)
        .max(1000)
        .meta({ examples: [80] }),
    )
    .refine(uniqueItems, unique)
    .optional()
    .describe('Percent of the budget at which its owners are told'),
  onExceeded: z.enum(['reject', 'warn']).optional().describe('What happens beyond the budget; default reject'),
  models: modelBudgets.optional(),
});

const guardrailNames = z.array(reference('Guardrail')).refine(uniqueItems, unique).describe('Guardrails, in order');

const override = z
  .strictObject({
    status: z.enum(tenantStatuses).optional().describe('Status in this environment'),
    retiredOn: date.optional().describe('The day on which the tenant leaves this environment'),
    routing: reference('RoutingProfile').optional(),
    guardrails: guardrailNames.optional(),
    limits: limits.optional().describe('Limits in this environment'),
    budget: budget.optional().describe('Budget in this environment'),
  })
  .describe('Replaces these fields in one environment: objects field by field, lists as a whole');

const owner = z
  .string()
  .regex(
    /^(@[A-Za-z0-9-]+(\/[A-Za-z0-9._-]+)?|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})$/,
    'an owner is @user, @org/team or an e-mail address, as CODEOWNERS takes them',
  )
  .meta({ examples: ['@acme/ml-platform', 'team@acme.example'] })
  .describe('@user, @org/team or an e-mail address');

const client = z.strictObject({
  name: shortName.meta({ examples: ['default'] }).describe('DNS label of at most 24 characters, unique in the tenant'),
  scopes: z
    .array(z.enum(scopes))
    .min(1)
    .refine(uniqueItems, unique)
    .default(['invoke'])
    .describe('invoke: call models; admin: the admin API, for adminTenants of an environment'),
  accessTokenMinutes: z.int().min(5).max(1440).default(60).describe('Lifetime of its access tokens'),
});

export const tenantSchema = resource(
  'Tenant',
  z.strictObject({
    name,
    formerly: z
      .array(name)
      .refine(uniqueItems, unique)
      .default([])
      .describe('Former names: credentials and history stay'),
    displayName: label('How people call it').meta({ examples: ['ML Platform'] }),
    owners: z.array(owner).min(1).describe('Teams, users or e-mail addresses that may change it'),
    costCenter: label('Where its spend is booked').meta({ examples: ['CC-5678'] }),
    orgUnit: label('Organisational unit')
      .meta({ examples: ['engineering'] })
      .optional(),
  }),
  z.strictObject({
    status: z
      .enum(tenantStatuses)
      .default('active')
      .describe('suspended: answered 403, everything kept; retired: credentials go'),
    retiredOn: date
      .optional()
      .describe(
        'The day on which a retired tenant leaves; its quarantine counts from here, or from the deploy that first sees it',
      ),
    tier: name.meta({ examples: ['standard'] }).describe('A tier of tenants/tiers.yaml'),
    residency: z
      .array(residencyLabel)
      .min(1)
      .max(16, 'at most 16 residencies: a rule is named after them in a header')
      .refine(uniqueItems, unique)
      .optional()
      .describe('Where its requests may be processed; default anywhere'),
    routing: reference('RoutingProfile'),
    guardrails: guardrailNames
      .default([])
      .describe('Applied in this order, after the mandatory ones of the environment'),
    models: z
      .strictObject({
        allow: z.array(modelPattern).min(1).optional().describe('Only these public models; default all of the profile'),
        deny: z.array(modelPattern).optional().describe('Never these, also not through an alias'),
      })
      .default({})
      .describe('Which models of its profile the tenant may use'),
    clients: z.array(client).default([]).describe('App clients: credentials for programs'),
    groups: z
      .array(
        label('Group name or id as the identity provider sends it')
          .refine((group) => group !== '*', 'a group is one group: there are no wildcards')
          .meta({ examples: ['ml-engineers'] }),
      )
      .refine(uniqueItems, unique)
      .default([])
      .describe('IdP groups whose users act for this tenant'),
    limits: limits.default({}).describe('Limits; default those of the tier'),
    budget: budget.default({}).describe('Budget; default that of the tier'),
    environments: z
      .record(name, z.union([z.literal('absent').describe('The tenant does not exist in this environment'), override]))
      .default({})
      .describe('What differs in single environments'),
  }),
);

export const tiersSchema = resource(
  'Tiers',
  z.strictObject({ name: z.literal('tiers').describe('Always tiers') }).describe('What it is called'),
  z
    .record(
      name,
      z.strictObject({
        defaults: z
          .strictObject({
            limits: limits.default({}).describe('Limits of tenants that name none'),
            budget: budget.pick({ monthlyUsd: true }).default({}).describe('Budget of tenants that name none'),
          })
          .describe('What a tenant of the tier has unless its file says otherwise'),
        ceilings: z
          .strictObject({
            limits: limits.default({}).describe('The highest limits; none: any'),
            budget: budget.pick({ monthlyUsd: true }).default({}).describe('The highest budget; none: any'),
          })
          .describe('What no tenant of the tier may go beyond'),
      }),
    )
    .describe('One closed vocabulary of tiers; there is no default tier'),
);
