import type { Law } from './subject.ts';

/** `null`: another law reads it whole. A list has one shape for its elements, a map one for its values. */
type Shape = null | readonly [Shape] | { readonly [field: string]: Shape };

const guard: Shape = {
  regex: { action: null, rules: [{ pattern: null, builtin: null }] },
  bedrockGuardrails: { guardrailIdentifier: null, guardrailVersion: null, region: null },
  webhook: { target: { backend: null }, headers: null, failureMode: null },
  rejection: { status: null, body: null, headers: { set: null } },
};

const route: Shape = {
  name: null,
  gateways: null,
  matches: [{ path: { exact: null }, method: null, headers: [{ name: null, value: { exact: null } }] }],
  policies: {
    requestHeaderModifier: { remove: null },
    timeout: null,
    retry: null,
    ai: {
      routes: null,
      promptCaching: null,
      defaults: null,
      overrides: null,
      transformations: null,
      promptGuard: { streaming: null, request: [guard], response: [guard] },
    },
    directResponse: { status: null, body: null, bodyExpression: null, headers: { 'content-type': null } },
  },
  backends: [{ backend: null, weight: null }],
};

const conditional: Shape = { conditional: null };

const config: Shape = {
  config: { logging: null, modelCatalog: [{ inline: { providers: { '*': { models: null } } } }] },
  frontendPolicies: { http: { maxBufferSize: null }, accessLog: { add: null, remove: null } },
  gateways: {
    default: {
      port: null,
      jwtAuth: { mode: null, issuer: null, jwks: null, jwtValidationOptions: { requiredClaims: null } },
      transformations: null,
    },
    ops: { port: null },
  },
  routes: [route],
  backends: [
    {
      name: null,
      host: null,
      ai: { groups: [{ providers: null }] },
      policies: { health: null, backendTLS: {}, http: { requestTimeout: null } },
    },
  ],
  policies: [
    {
      name: { name: null, namespace: null },
      target: null,
      phase: null,
      policy: {
        extAuthz: conditional,
        directResponse: { conditional: [{ condition: null, status: null, headers: null, body: null }] },
        localRateLimit: conditional,
        remoteRateLimit: conditional,
      },
    },
  ],
};

/** The config has the fields that laws read and no other: what the gateway can do beside that, nobody asked for. */
export const fields: Law = ({ config: found }) => unknownFields(found, config, '');

function* unknownFields(value: unknown, shape: Shape, place: string): Iterable<string> {
  if (shape === null || typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const inner = within(shape, key);
    const at = `${place}${place === '' ? '' : '.'}${key}`;
    if (inner === undefined) yield `agentgateway.json: nobody asked for ${at}`;
    else yield* unknownFields(item, inner, at);
  }
}

/** undefined: there is no such field. */
function within(shape: NonNullable<Shape>, key: string): Shape | undefined {
  if (isList(shape)) return shape[0];
  return Object.hasOwn(shape, key) ? shape[key] : shape['*'];
}

function isList(shape: NonNullable<Shape>): shape is readonly [Shape] {
  return Array.isArray(shape);
}
