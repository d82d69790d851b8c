import { validPort } from '../../compiler/schema/common.ts';
import { inward, moving } from '../../compiler/schema/host.ts';
import type { JsonSchema } from './json-schema.ts';

const has = (name: string, value: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties: { [name]: value },
  required: [name],
});

const exactlyOneOf = (...names: string[]): JsonSchema => ({ oneOf: names.map((name) => has(name)) });
const notBoth = (one: JsonSchema, other: JsonSchema): JsonSchema => ({ not: { allOf: [one, other] } });
const without = (...names: string[]): JsonSchema => ({ not: { type: 'string', enum: names } });
const withoutKeys = (...names: string[]): JsonSchema => ({ propertyNames: without(...names) });

/** Zero and everything above 65535, where a port stands. */
const impossiblePort = String.raw`^(https://)?[^/]*:(0+|[7-9]\d{4}|6[6-9]\d{3}|65[6-9]\d\d|655[4-9]\d|6553[6-9])(/|$)`;

/** An address that ends in a number, or a metadata service, where a host stands. */
const inwardHost = String.raw`^(https://)?(([^/:]*\.)?(\d+|0x[0-9a-f]*)|(metadata|instance-data)\.[^/:]*\binternal)(:\d+)?(/|$)`;

/** In the path of a URL, or in a path. */
const movingSegment = String.raw`^(https://[^/]*(/.*)?|(?!https:).*)(//|/(\.|%2[eE]){1,2}(/|$))`;

/**
 * Rules that zod has as code and leaves out of a JSON Schema, by what they say: as JSON Schema, as far as it can say it.
 * `null`: it cannot, and `validate` is the first to notice.
 */
export const refinements: Readonly<Record<string, JsonSchema | null>> = {
  'the same item is listed twice': { uniqueItems: true },
  'this word is reserved': without('constructor'),
  'Cognito writes this claim itself, or CEL keeps the word: the tenant could not be told': null,
  [validPort]: { not: { type: 'string', pattern: impossiblePort } },
  [inward.error]: { not: { type: 'string', pattern: inwardHost } },
  [moving]: { not: { type: 'string', pattern: movingSegment } },
  'the gateway appends /request or /response to it: no query': { not: { type: 'string', pattern: String.raw`\?` } },
  'the gateway appends /request or /response to it: leave that away': {
    not: { type: 'string', pattern: '/(request|response)/*$' },
  },
  'the gateway appends /responses and the like to it: leave that away': {
    not: { type: 'string', pattern: '/(completions|messages|responses|embeddings)$' },
  },
  'Bedrock looks for prompt attacks in requests only: promptAttack has no output': {
    properties: { promptAttack: { type: 'object', properties: { output: { const: 'none' } } } },
  },
  'a group is one group: there are no wildcards': without('*'),
  'a sign-in by OIDC asks for openid: without it there is no id token': { contains: { const: 'openid' } },
  'Cognito compares this URL as it stands: a * would never match': { not: { type: 'string', pattern: String.raw`\*` } },
  'a pattern has exactly one of regex and builtin': exactlyOneOf('regex', 'builtin'),
  'rates name at least input': { required: ['input'] },
  'a condition names at least one fact': { minProperties: 1 },
  'a condition cannot read credentials or what the gateway itself decides by': null,
  'a branch has exactly one of single and fallback': exactlyOneOf('single', 'fallback'),
  'a case has exactly one of single, fallback and weighted': exactlyOneOf('single', 'fallback', 'weighted'),
  'a model has exactly one of single, fallback, weighted, conditional': exactlyOneOf(
    'single',
    'fallback',
    'weighted',
    'conditional',
  ),
  'expect either provider or shares': notBoth(has('provider'), has('shares')),
  'tolerance belongs to shares': { anyOf: [{ not: has('tolerance') }, has('shares')] },
  'shares add up to 100': null,
  'somebody sends the request: name a tenant, a user or what is wrong with the token': {
    anyOf: [has('tenant'), has('user'), has('credential')],
  },
  'client is an app client of a tenant: name it': { anyOf: [{ not: has('client') }, has('tenant')] },
  'a request comes from a client or from a user': notBoth(has('client'), has('user')),
  'a raw body is sent as it is: its model is written there': notBoth(has('body', has('raw')), has('model')),
  'the model stands in model or in body.fields, not in both': notBoth(
    has('body', has('fields', has('model'))),
    has('model'),
  ),
  'raw is the whole body: nothing goes beside it': {
    anyOf: [{ not: has('raw') }, { type: 'object', maxProperties: 1 }],
  },
  'authorization, connection, content-length, host, transfer-encoding follow from credential, body and the connection':
    withoutKeys('authorization', 'connection', 'content-length', 'host', 'transfer-encoding'),
  'iss, sub, exp, iat, client_id, scope, token_use, username follow from client, user and credential': withoutKeys(
    'iss',
    'sub',
    'exp',
    'iat',
    'client_id',
    'scope',
    'token_use',
    'username',
  ),
};
