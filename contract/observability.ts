import { z } from 'zod';

/**
 * The observability contract: what one request leaves in the access log, who reads it, and under which keys it is
 * priced. The gateway's log configuration, the subscription filter and the parser's schema are all made from this one
 * table. No field holds a header, a prompt or a credential.
 */

interface LogField {
  /** How the gateway computes it; `release` is the release id, which the emitter writes as a literal. */
  readonly cel: string | { readonly release: true };
  readonly schema: z.ZodType;
  readonly description: string;
}

const text = z.string();
const count = z.number().int().nonnegative();

const field = <S extends z.ZodType>(cel: LogField['cel'], schema: S, description: string) => ({
  cel,
  schema,
  description,
});

export const logFields = {
  'gw.release': field({ release: true }, text, 'Release that answered'),
  'gw.request_id': field('metadata.requestId', text, 'Made by the gateway; the client reads it in x-gw-request-id'),
  'gw.tenant': field('metadata.tenant.id', text, 'Tenant; empty where none is registered for the credential'),
  'gw.cost_center': field('metadata.tenant.cc', text, 'Cost centre of the tenant'),
  'gw.client': field('metadata.client', text, 'Cognito app client id'),
  'gw.user': field('jwt.username', text, 'User of the federation; absent for app clients'),
  'gw.model': field(
    'metadata.model',
    text,
    'Public model, of an alias the model it stands for; else what the client sent',
  ),
  'gw.path': field('request.path', text, 'Path without its query'),
  'gw.rule': field('metadata.rule', text, 'Rule of the decision table, or the denial'),
  'gw.detected': field(
    'metadata.detected',
    text,
    'Patterns in detect mode that matched, as guardrail/pattern, separated by spaces',
  ),
  'gw.stream': field('llm.streaming', z.boolean(), 'Whether the answer was a stream'),
  'gw.provider': field('llm.provider', text, 'Provider under its catalogue key: the first part of a price key'),
  'gw.upstream_model': field('llm.requestModel', text, "The provider's model id: the second part of a price key"),
  'gw.tokens.input': field('llm.inputTokens', count, 'Input tokens, those read from a cache included'),
  'gw.tokens.output': field('llm.outputTokens', count, 'Output tokens'),
  'gw.tokens.cache_read': field('llm.cachedInputTokens', count, 'Input tokens read from a cache'),
  'gw.tokens.cache_write': field('llm.cacheCreationInputTokens', count, 'Input tokens written to a cache'),
  'gw.tokens.reasoning': field('llm.reasoningTokens', count, 'Output tokens of reasoning'),
  'gw.tokens.total': field('llm.totalTokens', count, 'Input and output tokens'),
  // A JSON number, as the gateway writes it: an estimate to look at. The ledger computes money from tokens and prices.
  'gw.cost_usd': field('llm.cost.total', z.number().nonnegative(), "The gateway's own estimate in USD"),
} as const satisfies Readonly<Record<`gw.${string}`, LogField>>;

export type LogFieldName = keyof typeof logFields;

/**
 * What the gateway would add by itself: errors that quote the request, paths with their query, which may hold a
 * credential, and a user's subject, a second name for the same person.
 */
export const removedLogFields = ['error', 'http.path', 'jwt.sub'] as const;

type FieldSchemas = { readonly [Name in LogFieldName]: z.ZodOptional<(typeof logFields)[Name]['schema']> };

const fieldSchemas = Object.fromEntries(
  Object.entries(logFields).map(([name, { schema }]) => [name, schema.optional()]),
) as unknown as FieldSchemas;

/**
 * A line about a request, as the gateway logs it. A field that could not be computed is absent: of a denial the model's
 * answer, of a request that was turned away before the decision the tenant as well. Fields of the gateway's own are
 * left alone.
 */
export const usageLineSchema = z.looseObject({
  scope: z.literal('request'),
  time: text,
  'http.status': z.number().int(),
  reason: text.optional().describe('Why the gateway itself answered; absent where a provider did'),
  ...fieldSchemas,
});

export type UsageLine = z.infer<typeof usageLineSchema>;

/**
 * CloudWatch Logs filter pattern of the ledger's subscription: every line about a request. Our own fields have dots in
 * their names, which a JSON selector does not reach; the parser drops what has no tenant.
 */
export const subscriptionFilter = '{ $.scope = "request" }';

/** Price key of a line: what a row of cost-table.json is found by. */
export const priceKeyFields = ['gw.provider', 'gw.upstream_model'] as const satisfies readonly LogFieldName[];
