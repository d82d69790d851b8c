import { z } from 'zod';
import { scopes } from '../../contract/vocabulary.ts';
import { httpsUrl, label, name, resource, secretName, shortName, unique, uniqueItems } from './common.ts';

// Cognito's own identity provider names allow more; this subset is safe in every place where they appear.
const providerName = name
  .max(32, 'Cognito takes identity provider names of at most 32 characters')
  .min(3)
  .meta({ examples: ['okta'] })
  .describe('DNS label of 3 to 32 characters, unique in the file');

const returnUrl = httpsUrl.refine(
  (url) => !url.includes('*'),
  'Cognito compares this URL as it stands: a * would never match',
);

const identityProvider = z.discriminatedUnion('type', [
  z.strictObject({
    name: providerName,
    type: z.literal('saml').describe('Protocol'),
    metadataUrl: httpsUrl.describe('Where its SAML metadata is published'),
    groupsAttribute: label('SAML attribute that carries the groups').meta({ examples: ['groups'] }),
  }),
  z.strictObject({
    name: providerName,
    type: z.literal('oidc').describe('Protocol'),
    issuer: httpsUrl.describe('Its OIDC issuer'),
    clientId: label('Client id at the identity provider').meta({ examples: ['0oa1example'] }),
    secret: secretName.describe('Name of the secret that holds the client secret'),
    scopes: z
      .array(label('OIDC scope').meta({ examples: ['openid'] }))
      .min(1)
      .refine((asked) => asked.includes('openid'), 'a sign-in by OIDC asks for openid: without it there is no id token')
      .default(['openid'])
      .describe('What is asked of it at a sign-in'),
    groupsClaim: label('Claim that carries the groups').meta({ examples: ['groups'] }),
  }),
]);

export const federationSchema = resource(
  'Federation',
  z.strictObject({ name: z.literal('federation').describe('Always federation') }).describe('What it is called'),
  z.strictObject({
    client: z
      .strictObject({
        name: shortName.meta({ examples: ['workforce'] }).describe('DNS label of at most 24 characters'),
        scopes: z
          .array(z.enum(scopes))
          .min(1)
          .refine(uniqueItems, unique)
          .default(['invoke'])
          .describe('What its tokens are good for'),
        accessTokenMinutes: z.int().min(5).max(1440).default(60).describe('Lifetime of its access tokens'),
        callbackUrls: z.array(returnUrl).min(1).max(100).describe('Where people return to after a sign-in'),
        logoutUrls: z.array(returnUrl).max(100).default([]).describe('Where people return to after a sign-out'),
      })
      .describe('The app client through which people sign in'),
    tenantClaim: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,31}$/, 'a claim name is a lower-case word')
      .refine(
        (claim) => !reservedClaims.has(claim),
        'Cognito writes this claim itself, or CEL keeps the word: the tenant could not be told',
      )
      .meta({ examples: ['tenant'] })
      .describe('Claim written by the pre-token function; believed only on tokens of this client'),
    identityProviders: z
      .array(identityProvider)
      .min(1)
      .max(300, 'Cognito takes at most 300 identity providers')
      .describe('Where people sign in'),
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
  'acr',
  'amr',
  'at_hash',
  'azp',
  'device_key',
  'identities',
  'nbf',
  'nonce',
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
