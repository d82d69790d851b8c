import { z } from 'zod';
import { name, plainMetadata, publicModel, reference, resource, text, unique, uniqueItems, usd } from './common.ts';
import { anyHeader, expected } from './config-test-expected.ts';

/** How a provider, a webhook or the budget service behaves while a case runs. */
const behaviour = z.union([z.enum(['down', 'slow']), z.int().min(200).max(599)]);

/** An answer below 300 is what providers give anyway. */
const providerBehaviour = z.union([z.enum(['down', 'slow']), z.int().min(300).max(599)]);

const body = z
  .strictObject({
    text: z
      .string()
      .optional()
      .meta({ examples: ['what is a key?'] })
      .describe('What the user says; default a short question'),
    system: z
      .string()
      .optional()
      .meta({ examples: ['be brief'] })
      .describe('System prompt, where the path has one: instructions on /v1/responses'),
    maxTokens: z
      .int()
      .min(1)
      .optional()
      .meta({ examples: [100] })
      .describe('In the field of the path'),
    stream: z.boolean().optional().describe('Whether the client asks for a stream'),
    tools: z.boolean().optional().describe('Whether the client offers a tool'),
    fields: z
      .record(z.string(), z.json())
      .optional()
      .meta({ examples: [{ temperature: 0.2 }] })
      .describe('Further top-level fields, as they are'),
    padToBytes: z
      .int()
      .min(1)
      .max(110_000_000)
      .optional()
      .meta({ examples: [1_000_000] })
      .describe('Fills the user text up until the body has this size'),
    raw: z
      .string()
      .optional()
      .meta({ examples: ['{"model": 1}'] })
      .describe('Sent as it is, instead of everything else'),
  })
  .refine((b) => b.raw === undefined || Object.keys(b).length === 1, 'raw is the whole body: nothing goes beside it')
  .describe('Facts of the body, in the format of the path');

/** Headers that belong to the token, to the connection or to the body as it is sent. */
const reservedHeaders = ['authorization', 'connection', 'content-length', 'host', 'transfer-encoding'];

/** Claims that follow from the client, the user and what is wrong with the token. */
const reservedClaims = ['iss', 'sub', 'exp', 'iat', 'client_id', 'scope', 'token_use', 'username'];

const given = z
  .strictObject({
    tenant: reference('Tenant').optional().describe('Whose client, or for whom the user acts'),
    client: name
      .optional()
      .meta({ examples: ['default'] })
      .describe("The tenant's app client; default its first"),
    user: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .meta({ examples: ['eve'] })
      .describe('A user of the federation instead of an app client'),
    claims: z
      .record(z.string(), z.json())
      .refine(
        (claims) => !reservedClaims.some((name) => Object.hasOwn(claims, name)),
        `${reservedClaims.join(', ')} follow from client, user and credential`,
      )
      .optional()
      .meta({ examples: [{ tenant: 'ml-platform' }] })
      .describe('Further claims of the token, as they are'),
    credential: z
      .enum(['missing', 'expired', 'wrong-issuer', 'without-scope', 'id-token', 'unknown-client'])
      .optional()
      .describe('What is wrong with the token; default nothing'),
    method: z.enum(['GET', 'POST']).optional().describe('Default POST, GET for /v1/models'),
    path: z
      .string()
      .regex(/^\/[!-~]{0,255}$/, 'a path begins with / and has no spaces')
      .meta({ examples: ['/v1/chat/completions', '/v1/messages', '/v1/responses', '/v1/embeddings', '/v1/models'] })
      .describe('Path of the request'),
    model: z
      .string()
      .max(256)
      .optional()
      .meta({ examples: ['claude-sonnet'] })
      .describe('What the client sends as model'),
    headers: z
      .record(anyHeader, z.string().max(1024))
      .refine(
        (headers) => !reservedHeaders.some((name) => Object.hasOwn(headers, name)),
        `${reservedHeaders.join(', ')} follow from credential, body and the connection`,
      )
      .optional()
      .meta({ examples: [{ 'x-priority': 'high' }] })
      .describe('Further request headers'),
    body: body.optional(),
    upstreams: z
      .record(name, providerBehaviour)
      .optional()
      .meta({ examples: [{ 'bedrock-us': 429 }] })
      .describe('Providers that do not answer 200'),
    answer: z
      .string()
      .optional()
      .meta({ examples: ['hello'] })
      .describe('What providers answer; default a short sentence'),
    spent: z
      .strictObject({
        tenantUsd: usd.optional().describe('By the tenant, all models together'),
        models: z.record(publicModel, usd).optional().describe('By single models'),
      })
      .optional()
      .describe('What the ledger has counted this month'),
    budgetService: behaviour
      .optional()
      .meta({ examples: ['down', 500] })
      .describe('What the budget service does instead of answering'),
    webhook: z
      .union([
        behaviour,
        z.strictObject({
          action: z
            .json()
            .meta({ examples: [{ reason: 'fine' }] })
            .describe('What it answers as action'),
        }),
      ])
      .optional()
      .meta({ examples: ['down', { action: { reason: 'fine' } }] })
      .describe('What webhooks answer; default pass'),
    requestsBefore: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .meta({ examples: [100] })
      .describe('How often the same request came before within the minute'),
  })
  .refine(
    (g) => g.tenant !== undefined || g.user !== undefined || g.credential !== undefined,
    'somebody sends the request: name a tenant, a user or what is wrong with the token',
  )
  .refine((g) => g.client === undefined || g.tenant !== undefined, 'client is an app client of a tenant: name it')
  .refine((g) => g.client === undefined || g.user === undefined, 'a request comes from a client or from a user')
  .refine(
    (g) => g.body?.raw === undefined || g.model === undefined,
    'a raw body is sent as it is: its model is written there',
  )
  .refine(
    (g) => g.model === undefined || !Object.hasOwn(g.body?.fields ?? {}, 'model'),
    'the model stands in model or in body.fields, not in both',
  );

const testCase = z.strictObject({
  name: text('What the case shows').meta({ examples: ['Bedrock throttles, Anthropic answers'] }),
  given: given.describe('The request, and how the world behaves'),
  expect: expected.describe('What must come of it'),
});

export const configTestSchema = resource(
  'ConfigTest',
  plainMetadata,
  z.strictObject({
    environments: z
      .array(reference('Environment'))
      .min(1)
      .refine(uniqueItems, unique)
      .optional()
      .describe('Default all'),
    cases: z
      .array(testCase)
      .min(1)
      .superRefine((cases, context) => {
        const names = cases.map((one) => one.name);
        for (const [index, name] of names.entries()) {
          if (names.indexOf(name) === index) continue;
          context.addIssue({ code: 'custom', path: [index, 'name'], message: `a case before is called "${name}"` });
        }
      })
      .describe('Requests, each with what must come of it'),
  }),
);

export type ConfigTestCase = z.infer<typeof testCase>;
