import { z } from 'zod';
import { name, plainMetadata, publicModel, reference, resource, text, unique, uniqueItems, usd } from './common.ts';

/** How a provider, a webhook or the budget service behaves while a case runs. */
const behaviour = z.union([z.enum(['down', 'slow']), z.int().min(200).max(599)]);

/** An answer below 300 is what providers give anyway. */
const providerBehaviour = z.union([z.enum(['down', 'slow']), z.int().min(300).max(599)]);

const anyHeader = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'a header name has lower-case letters, digits and hyphens');

const body = z
  .strictObject({
    text: z.string().optional().describe('What the user says; default a short question'),
    system: z.string().optional().describe('System prompt, where the path has one: instructions on /v1/responses'),
    maxTokens: z.int().min(1).optional().describe('In the field of the path'),
    stream: z.boolean().optional(),
    tools: z.boolean().optional().describe('Whether the client offers a tool'),
    fields: z.record(z.string(), z.json()).optional().describe('Further top-level fields, as they are'),
    padToBytes: z
      .int()
      .min(1)
      .max(110_000_000)
      .optional()
      .describe('Fills the user text up until the body has this size'),
    raw: z.string().optional().describe('Sent as it is, instead of everything else'),
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
    client: name.optional().describe("The tenant's app client; default its first"),
    user: z.string().min(1).max(128).optional().describe('A user of the federation instead of an app client'),
    claims: z
      .record(z.string(), z.json())
      .refine(
        (claims) => !reservedClaims.some((name) => Object.hasOwn(claims, name)),
        `${reservedClaims.join(', ')} follow from client, user and credential`,
      )
      .optional()
      .describe('Further claims of the token, as they are'),
    credential: z
      .enum(['missing', 'expired', 'wrong-issuer', 'without-scope', 'id-token', 'unknown-client'])
      .optional()
      .describe('What is wrong with the token; default nothing'),
    method: z.enum(['GET', 'POST']).optional().describe('Default POST, GET for /v1/models'),
    path: z.string().regex(/^\/[!-~]{0,255}$/, 'a path begins with / and has no spaces'),
    model: z.string().max(256).optional().describe('What the client sends as model'),
    headers: z
      .record(anyHeader, z.string().max(1024))
      .refine(
        (headers) => !reservedHeaders.some((name) => Object.hasOwn(headers, name)),
        `${reservedHeaders.join(', ')} follow from credential, body and the connection`,
      )
      .optional(),
    body: body.optional(),
    upstreams: z.record(name, providerBehaviour).optional().describe('Providers that do not answer 200'),
    answer: z.string().optional().describe('What providers answer; default a short sentence'),
    spent: z
      .strictObject({ tenantUsd: usd.optional(), models: z.record(publicModel, usd).optional() })
      .optional()
      .describe('What the ledger has counted this month'),
    budgetService: behaviour.optional(),
    webhook: z
      .union([behaviour, z.strictObject({ action: z.json() })])
      .optional()
      .describe('What webhooks answer; default pass'),
    requestsBefore: z
      .int()
      .min(1)
      .max(1000)
      .optional()
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

const expected = z
  .strictObject({
    status: z.int().min(100).max(599),
    rule: z.string().optional().describe('Rule of the decision table'),
    provider: reference('Provider').optional().describe('The last provider that was called'),
    attempts: z
      .array(reference('Provider'))
      .optional()
      .describe('All providers that were called, in order; empty: none'),
    shares: z
      .record(name, z.int().min(0).max(100))
      .refine((shares) => Object.values(shares).reduce((a, b) => a + b, 0) === 100, 'shares add up to 100')
      .optional()
      .describe('Percent of the requests by the last provider that was called'),
    tolerance: z
      .int()
      .min(1)
      .max(50)
      .optional()
      .describe('Percentage points by which a measured share may differ; default 5'),
    upstreamModel: z.string().optional().describe("The provider's model id"),
    sent: z
      .record(z.string(), z.json())
      .optional()
      .describe('Fields of the body that reaches the provider; null: absent'),
    prompt: z.string().optional().describe('The user text that reaches the provider, after masks'),
    answer: z.string().optional().describe('The text that reaches the client, after masks'),
    guardrails: z
      .array(reference('Guardrail'))
      .refine(uniqueItems, unique)
      .optional()
      .describe('On the route, in order'),
    detected: z.array(z.string()).optional().describe('guardrail/pattern pairs that were only logged'),
    limits: z
      .strictObject({ requestsPerMinute: z.int().nullable().optional(), tokensPerDay: z.int().nullable().optional() })
      .optional()
      .describe('Limits that count the request; null: none'),
    costUsd: z
      .string()
      .regex(
        /^\d{1,9}(\.\d{1,12})?$/,
        'a cost is a decimal string in USD with at most twelve decimals, such as "0.00693"',
      )
      .optional()
      .describe('What the answer of 1000 input and 500 output tokens costs'),
    costCenter: z.string().optional(),
    headers: z
      .record(anyHeader, z.union([z.string(), z.boolean()]))
      .optional()
      .describe('Response headers: the value, or whether there is one'),
    models: z.array(z.string()).optional().describe('Ids that /v1/models lists, sorted'),
    error: z
      .strictObject({
        type: z.string().optional(),
        code: z.string().optional(),
        message: z.string().optional().describe('A part of it'),
      })
      .optional()
      .describe("The JSON error, in the client's format"),
  })
  .refine((e) => e.shares === undefined || e.provider === undefined, 'expect either provider or shares')
  .refine((e) => e.tolerance === undefined || e.shares !== undefined, 'tolerance belongs to shares');

const testCase = z.strictObject({ name: text('What the case shows'), given, expect: expected });

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
      }),
  }),
);

export type ConfigTestCase = z.infer<typeof testCase>;
