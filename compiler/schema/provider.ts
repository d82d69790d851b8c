import { z } from 'zod';
import { hasValidPort, name, plainMetadata, reference, residencyLabel, resource, validPort } from './common.ts';

const secretCredentials = z
  .strictObject({ secret: name.describe('Name of the secret in infra.json that holds the key') })
  .describe('The key is a secret; configuration only names it');

const shared = {
  residency: residencyLabel,
  prices: reference('PriceList'),
};

const region = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region looks like us-east-1')
  .describe('AWS region');

const host = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d{1,5})?$/,
    'a host is a lower-case DNS name with an optional port',
  )
  .refine(hasValidPort, validPort)
  .max(253)
  .describe('Pinned host, always reached over TLS; port 443 unless given');

export const customFormats = ['completions', 'messages', 'responses', 'embeddings'] as const;

/** Names under which agentgateway's catalogue and log know a provider. */
export const catalogueKeys = [
  'openai',
  'anthropic',
  'aws.bedrock',
  'gcp.gemini',
  'gcp.vertex_ai',
  'azure',
  'custom',
] as const;

export const providerSchema = resource(
  'Provider',
  plainMetadata,
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('bedrock'), region, credentials: z.literal('taskRole'), ...shared }),
    z.strictObject({ type: z.literal('anthropic'), credentials: secretCredentials, ...shared }),
    z.strictObject({ type: z.literal('openai'), credentials: secretCredentials, ...shared }),
    z.strictObject({
      type: z.literal('azure'),
      resourceName: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, 'an Azure resource name has lower-case letters, digits and hyphens'),
      deployment: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
        .optional()
        .describe('Deployment that is called where a target names no model'),
      credentials: secretCredentials,
      ...shared,
    }),
    z.strictObject({
      type: z.literal('vertex'),
      projectId: z
        .string()
        .regex(
          /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
          'a Google Cloud project id has 6 to 30 lower-case letters, digits and hyphens',
        ),
      region: z
        .string()
        .regex(/^(global|us|eu|[a-z]+-[a-z]+\d)$/, 'a Vertex region looks like europe-west4, or is global, us or eu'),
      credentials: secretCredentials,
      ...shared,
    }),
    z.strictObject({ type: z.literal('gemini'), credentials: secretCredentials, ...shared }),
    z.strictObject({
      type: z.literal('custom'),
      host,
      pathPrefix: z.string().regex(/^(\/[A-Za-z0-9._-]+)+$/, 'a path prefix looks like /openai/v1'),
      formats: z.array(z.enum(customFormats)).min(1).describe('Payload formats that the host accepts'),
      reportsAs: z.enum(catalogueKeys).default('custom').describe('Provider name in the log and the price catalogue'),
      credentials: secretCredentials,
      ...shared,
    }),
  ]),
);
