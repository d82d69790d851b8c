import { responseForms, ruleHeader } from './forms.ts';
import { same, shown } from './same.ts';
import { type Law, named, type Subject } from './subject.ts';

/** What the gateway phase does not run it ignores with a warning for each request. */
const gatewayFields: Readonly<Record<string, readonly string[]>> = {
  default: ['jwtAuth', 'port', 'transformations'],
  ops: ['port'],
};

/** Credentials of a client for somebody else, whom a provider bills, and what the gateway itself decides by. */
const clientHeaders = [
  'accept-encoding',
  'api-key',
  'cookie',
  'ocp-apim-subscription-key',
  'openai-organization',
  'openai-project',
  'range',
  'x-amz-security-token',
  'x-api-key',
  'x-auth-token',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-goog-api-key',
  'x-goog-user-project',
  'x-retry-attempt',
];

/** Who is let in, what the gateway decides by, and what nobody may bring along. */
export const gateways: Law = function* (subject) {
  const { config, model } = subject;
  const { gateway, access } = model.environment.spec;
  const place = named(model.environment);
  for (const [name, entry] of Object.entries(config.gateways)) {
    const fields = gatewayFields[name];
    if (fields === undefined || !same(Object.keys(entry).sort(), fields))
      yield `agentgateway.json: gateway ${name} has ${Object.keys(entry).sort().join(', ')} (${place})`;
  }
  for (const [what, actual, expected] of [
    ['gateways.default.port', config.gateways['default']?.port, gateway.port],
    ['gateways.ops.port', config.gateways['ops']?.port, gateway.opsPort],
    ['maxBufferSize', config.frontendPolicies?.http?.maxBufferSize, gateway.maxBodyBytes],
  ] as const) {
    if (actual !== expected) yield `agentgateway.json: ${what} is ${shown(actual)} instead of ${expected} (${place})`;
  }
  yield* authentication(subject, access.resourceServer);
  yield* headers(subject);
};

/** Without a mode a request without a token passes; a claim that is not required may be missing. */
function* authentication({ config }: Subject, resourceServer: string): Iterable<string> {
  const { mode, issuer, jwks, jwtValidationOptions: options, ...more } = config.gateways['default']?.jwtAuth ?? {};
  if (mode !== 'strict') yield 'agentgateway.json: jwtAuth is not strict';
  if (!same([issuer, jwks], ['@{infra:issuer}', { url: '@{infra:jwksUrl}' }]))
    yield `agentgateway.json: jwtAuth believes another issuer than infra's (${resourceServer})`;
  const required: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'requiredClaims') : [];
  for (const claim of ['exp', 'iss']) {
    if (!Array.isArray(required) || !required.includes(claim))
      yield `agentgateway.json: jwtAuth takes tokens without ${claim}`;
  }
  for (const field of Object.keys(more)) yield `agentgateway.json: jwtAuth has ${field}`;
}

/** The decision is set on every request, also where a client sent it, and what is set stays. */
function* headers({ config }: Subject): Iterable<string> {
  const { set = {}, remove = [], ...more } = config.gateways['default']?.transformations?.request ?? {};
  if (set[ruleHeader] !== 'metadata.rule')
    yield `agentgateway.json: ${ruleHeader} is ${shown(set[ruleHeader])} instead of metadata.rule`;
  if (set[':path'] !== 'request.path') yield "agentgateway.json: a client's query reaches the provider";
  for (const name of Object.keys(set)) {
    if (name === ':path') continue;
    if (!/^x-gw-[a-z0-9-]+$/.test(name))
      yield `agentgateway.json: the gateway sets ${name}, which is no header of its own`;
    if (remove.includes(name)) yield `agentgateway.json: the gateway removes ${name}, by which it decides`;
  }
  for (const name of clientHeaders)
    if (!remove.includes(name)) yield `agentgateway.json: a client's ${name} reaches the provider`;
  for (const field of Object.keys(more))
    if (field !== 'metadata') yield `agentgateway.json: transformations.request has ${field}`;
  const { request: _, ...rest } = config.gateways['default']?.transformations ?? {};
  if (!same(rest, { response: { set: responseForms } }))
    yield `agentgateway.json: answers carry ${shown(rest)} instead of ${shown({ response: { set: responseForms } })}`;
}
