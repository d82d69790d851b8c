import { z } from 'zod';
import { schemaVersion } from '../vocabulary.ts';

/**
 * Desired app clients. `settings` is the body of Create/UpdateUserPoolClient with every field spelled out, because
 * UpdateUserPoolClient resets whatever a request leaves out.
 */
const settings = z.strictObject({
  ClientName: z.string(),
  RefreshTokenValidity: z.int(),
  AccessTokenValidity: z.int(),
  IdTokenValidity: z.int(),
  TokenValidityUnits: z.strictObject({
    AccessToken: z.literal('minutes'),
    IdToken: z.literal('minutes'),
    RefreshToken: z.literal('days'),
  }),
  ReadAttributes: z.array(z.string()),
  WriteAttributes: z.array(z.string()),
  ExplicitAuthFlows: z.array(z.string()),
  SupportedIdentityProviders: z.array(z.string()),
  CallbackURLs: z.array(z.string()),
  LogoutURLs: z.array(z.string()),
  AllowedOAuthFlows: z.array(z.enum(['client_credentials', 'code'])).length(1),
  AllowedOAuthScopes: z.array(z.string()).min(1).max(50),
  AllowedOAuthFlowsUserPoolClient: z.literal(true),
  PreventUserExistenceErrors: z.literal('ENABLED'),
  EnableTokenRevocation: z.literal(true),
  EnablePropagateAdditionalUserContextData: z.literal(false),
  AuthSessionValidity: z.int(),
});

const appClient = z.strictObject({
  kind: z
    .enum(['machine', 'workforce'])
    .describe('machine: client credentials with a secret; workforce: people, code flow'),
  credentials: z.string().nullable().describe('Secrets Manager name of its credentials; null: it has no secret'),
  formerly: z.array(z.string()).describe('Client keys whose credentials it takes over'),
  settings,
});

export const cognitoClientsSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  clients: z.record(z.string(), appClient),
  retired: z.record(z.string(), z.iso.date()).describe('Client key → the day from which its quarantine counts'),
  deletion: z.strictObject({
    quarantineDays: z.int().nonnegative(),
    limit: z.strictObject({ count: z.int(), percent: z.int() }),
    acknowledged: z.array(z.strictObject({ upTo: z.int(), until: z.iso.date(), reason: z.string() })),
  }),
});

export type CognitoClients = z.infer<typeof cognitoClientsSchema>;
export type AppClient = CognitoClients['clients'][string];
export type AppClientSettings = AppClient['settings'];
