import { z } from 'zod';
import { schemaVersion } from '../vocabulary.ts';

const usd = z.string().describe('USD, decimal');

/** The directory that the functions read: who a tenant is, what it may spend, who acts for it. */
const tenant = z.strictObject({
  displayName: z.string(),
  owners: z.array(z.string()),
  costCenter: z.string(),
  orgUnit: z.string().nullable(),
  formerly: z.array(z.string()),
  status: z.enum(['active', 'suspended', 'retired']),
  tier: z.string(),
  groups: z.array(z.string()),
  clients: z.array(z.string()).describe('Client keys'),
  limits: z.strictObject({
    requestsPerMinute: z.int().nullable(),
    tokensPerDay: z.int().nullable(),
  }),
  budget: z.strictObject({
    monthlyUsd: usd.nullable(),
    timezone: z.string(),
    alertsAtPercent: z.array(z.int()),
    onExceeded: z.enum(['reject', 'warn']),
    models: z.record(z.string(), z.strictObject({ monthlyUsd: usd })),
  }),
});

const identityProvider = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('saml'),
    name: z.string(),
    metadataUrl: z.string(),
    groupsAttribute: z.string(),
  }),
  z.strictObject({
    type: z.literal('oidc'),
    name: z.string(),
    issuer: z.string(),
    clientId: z.string(),
    secret: z.string().describe('Name of the secret, never its value'),
    scopes: z.array(z.string()),
    groupsClaim: z.string(),
  }),
]);

export const tenantsSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  federation: z
    .strictObject({ client: z.string(), tenantClaim: z.string(), identityProviders: z.array(identityProvider) })
    .nullable(),
  tenants: z.record(z.string(), tenant),
});

export type TenantDirectory = z.infer<typeof tenantsSchema>;
