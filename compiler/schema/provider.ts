import { z } from 'zod';
import {
  awsRegion,
  hasValidPort,
  plainMetadata,
  reference,
  residencyLabel,
  resource,
  secretName,
  unique,
  uniqueItems,
  validPort,
} from './common.ts';
import { hasMovingSegment, inward, moving, pointsInward } from './host.ts';

const secretCredentials = z
  .strictObject({
    secret: secretName
      .meta({ examples: ['anthropic-api-key'] })
      .describe('Name of the secret in infra.json that holds the key'),
  })
  .describe('The key is a secret; configuration only names it');

const shared = {
  residency: residencyLabel,
  prices: reference('PriceList'),
};

const host = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d{1,5})?$/,
    'a host is a lower-case DNS name with an optional port',
  )
  .refine(hasValidPort, validPort)
  .refine((authority) => !pointsInward(authority), inward)
  .max(253)
  .meta({ examples: ['llm.example.com'] })
  .describe('Pinned host, always reached over TLS; port 443 unless given');

const customFormats = ['completions', 'messages', 'responses', 'embeddings'] as const;

/** Names under which agentgateway's catalogue and log know a provider. */
const catalogueKeys = ['openai', 'anthropic', 'aws.bedrock', 'gcp.gemini', 'gcp.vertex_ai', 'azure', 'custom'] as const;

export const providerSchema = resource(
  'Provider',
  plainMetadata,
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('bedrock').describe('Amazon Bedrock'),
      region: awsRegion,
      credentials: z.literal('taskRole').describe('The role of the gateway task: there is no key'),
      ...shared,
    }),
    z.strictObject({
      type: z.literal('anthropic').describe("Anthropic's own API"),
      credentials: secretCredentials,
      ...shared,
    }),
    z.strictObject({
      type: z.literal('openai').describe("OpenAI's own API"),
      credentials: secretCredentials,
      ...shared,
    }),
    z.strictObject({
      type: z.literal('azure').describe('Azure OpenAI'),
      resourceName: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, 'an Azure resource name has lower-case letters, digits and hyphens')
        .meta({ examples: ['acme-openai'] })
        .describe('Azure OpenAI resource: <name>.openai.azure.com'),
      deployment: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
        .optional()
        .meta({ examples: ['gpt-5.4'] })
        .describe('Deployment that is called where a target names no model'),
      credentials: secretCredentials,
      ...shared,
    }),
    z.strictObject({
      type: z.literal('vertex').describe('Vertex AI on Google Cloud'),
      projectId: z
        .string()
        .regex(
          /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
          'a Google Cloud project id has 6 to 30 lower-case letters, digits and hyphens',
        )
        .meta({ examples: ['acme-ai'] })
        .describe('Google Cloud project that is billed'),
      region: z
        .string()
        .regex(/^(global|us|eu|[a-z]+-[a-z]+\d)$/, 'a Vertex region looks like europe-west4, or is global, us or eu')
        .meta({ examples: ['europe-west4'] })
        .describe('Vertex AI region'),
      credentials: secretCredentials,
      ...shared,
    }),
    z.strictObject({
      type: z.literal('gemini').describe("Google's Gemini API"),
      credentials: secretCredentials,
      ...shared,
    }),
    z.strictObject({
      type: z.literal('custom').describe('Any host that speaks one of the known formats'),
      host,
      pathPrefix: z
        .string()
        .regex(/^(\/[A-Za-z0-9._-]+)+$/, 'a path prefix looks like /openai/v1')
        .refine((path) => !hasMovingSegment(path), moving)
        .refine(
          (path) => !/\/(completions|messages|responses|embeddings)$/.test(path),
          'the gateway appends /responses and the like to it: leave that away',
        )
        .meta({ examples: ['/v1'] })
        .describe('What stands before /chat/completions and the other paths'),
      formats: z
        .array(z.enum(customFormats))
        .min(1)
        .refine(uniqueItems, unique)
        .describe('Payload formats that the host accepts'),
      reportsAs: z.enum(catalogueKeys).default('custom').describe('Provider name in the log and the price catalogue'),
      credentials: secretCredentials,
      ...shared,
    }),
  ]),
);
