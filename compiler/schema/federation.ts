import { z } from 'zod';
import { scopes } from '../../contract/vocabulary.ts';
import { httpsUrl, name, resource, shortName, text, unique, uniqueItems } from './common.ts';

// Cognito's own identity provider names allow more; this subset is safe in every place where they appear.
const providerName = name.max(32, 'Cognito takes identity provider names of at most 32 characters').min(3);

const identityProvider = z.discriminatedUnion('type', [
  z.strictObject({
    name: providerName,
    type: z.literal('saml'),
    metadataUrl: httpsUrl,
    groupsAttribute: text('SAML attribute that carries the groups'),
  }),
  z.strictObject({
    name: providerName,
    type: z.literal('oidc'),
    issuer: httpsUrl,
    clientId: text('Client id at the identity provider'),
    secret: name.describe('Name of the secret that holds the client secret'),
    scopes: z.array(text('OIDC scope')).min(1).default(['openid']),
    groupsClaim: text('Claim that carries the groups'),
  }),
]);

export const federationSchema = resource(
  'Federation',
  z.strictObject({ name: z.literal('federation') }),
  z.strictObject({
    client: z.strictObject({
      name: shortName,
      scopes: z.array(z.enum(scopes)).min(1).refine(uniqueItems, unique).default(['invoke']),
      accessTokenMinutes: z.int().min(5).max(1440).default(60),
      callbackUrls: z.array(httpsUrl).min(1).max(100),
      logoutUrls: z.array(httpsUrl).max(100).default([]),
    }),
    tenantClaim: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,31}$/, 'a claim name is a lower-case word')
      .refine((claim) => !reservedClaims.has(claim), 'this claim name is reserved')
      .describe('Claim written by the pre-token function; believed only on tokens of this client'),
    identityProviders: z.array(identityProvider).min(1),
  }),
);

// Written by Cognito, or words that CEL keeps for itself.
const reservedClaims = new Set([
  'sub',
  'aud',
  'client_id',
  'iss',
  'exp',
  'iat',
  'token_use',
  'jti',
  'username',
  'version',
  'scope',
  'auth_time',
  'origin_jti',
  'in',
  'true',
  'false',
  'null',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
  'event_id',
]);
