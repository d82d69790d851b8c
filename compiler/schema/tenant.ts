import { z } from 'zod';
import { scopes } from '../../contract/vocabulary.ts';
import {
  date,
  modelPattern,
  name,
  publicModel,
  reference,
  residencyLabel,
  resource,
  shortName,
  text,
  unique,
  uniqueItems,
  usd,
} from './common.ts';

export const tenantStatuses = ['active', 'suspended', 'retired'] as const;

const maxU32 = 4_294_967_295;
const limit = z.int().min(0).max(maxU32, `a limit is at most ${maxU32}`);

export const limits = z.strictObject({
  requestsPerMinute: limit.optional().describe('Requests per minute over all models; 0 refuses all'),
  tokensPerDay: limit.optional().describe('Tokens per UTC day over all models; 0 refuses all'),
});

const modelBudgets = z
  .record(publicModel, z.strictObject({ monthlyUsd: usd }))
  .describe('Budgets of single models, by public name');

export const budget = z.strictObject({
  monthlyUsd: usd.optional().describe('Budget per calendar month'),
  timezone: z.string().optional().describe('IANA time zone whose months count, such as Europe/Zurich; default UTC'),
  alertsAtPercent: z
    .array(z.int().min(1).max(1000))
    .refine(uniqueItems, unique)
    .optional()
    .describe('Alert thresholds'),
  onExceeded: z.enum(['reject', 'warn']).optional().describe('What happens beyond the budget; default reject'),
  models: modelBudgets.optional(),
});

const guardrailNames = z.array(reference('Guardrail')).refine(uniqueItems, unique);

const override = z
  .strictObject({
    status: z.enum(tenantStatuses).optional(),
    retiredOn: date.optional(),
    routing: reference('RoutingProfile').optional(),
    guardrails: guardrailNames.optional(),
    limits: limits.optional(),
    budget: budget.optional(),
  })
  .describe('Replaces these fields in one environment: objects field by field, lists as a whole');

const owner = z
  .string()
  .regex(
    /^(@[A-Za-z0-9-]+(\/[A-Za-z0-9._-]+)?|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})$/,
    'an owner is @user, @org/team or an e-mail address, as CODEOWNERS takes them',
  );

const client = z.strictObject({
  name: shortName,
  scopes: z.array(z.enum(scopes)).min(1).refine(uniqueItems, unique).default(['invoke']),
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
    displayName: text('How people call it'),
    owners: z.array(owner).min(1).describe('Teams, users or e-mail addresses that may change it'),
    costCenter: text('Where its spend is booked'),
    orgUnit: text('Organisational unit').optional(),
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
    tier: name.describe('A tier of tenants/tiers.yaml'),
    residency: z
      .array(residencyLabel)
      .min(1)
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
      .default({}),
    clients: z.array(client).default([]).describe('App clients: credentials for programs'),
    groups: z
      .array(text('Group name or id as the identity provider sends it'))
      .refine(uniqueItems, unique)
      .default([])
      .describe('IdP groups whose users act for this tenant'),
    limits: limits.default({}),
    budget: budget.default({}),
    environments: z.record(name, z.union([z.literal('absent'), override])).default({}),
  }),
);

export const tiersSchema = resource(
  'Tiers',
  z.strictObject({ name: z.literal('tiers') }),
  z
    .record(
      name,
      z.strictObject({
        defaults: z.strictObject({ limits: limits.default({}), budget: budget.pick({ monthlyUsd: true }).default({}) }),
        ceilings: z.strictObject({ limits: limits.default({}), budget: budget.pick({ monthlyUsd: true }).default({}) }),
      }),
    )
    .describe('One closed vocabulary of tiers; there is no default tier'),
);
