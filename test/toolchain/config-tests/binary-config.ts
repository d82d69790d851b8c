import type { Json, JsonObject } from '../../../contract/canonical.ts';

/**
 * A small linked config with everything that the binary engine has to cope with: each provider type, fallback, a
 * split, conditions, guards of all kinds, the budget service and both limit backends. Written by hand in the shapes of
 * the compiler, so that it stays what it is while the compiler changes.
 */

export const clients = { 'acme/default': 'client-acme', 'beta/default': 'client-beta', 'federation/workforce': 'sso' };
export const invokeScope = 'https://gateway.example/invoke';

/** Alone, so that it opens no placeholder of a template. */
const dollar = '$';

const surfaces = {
  '/v1/chat/completions': 'completions',
  '/v1/messages/count_tokens': 'anthropicTokenCount',
  '/v1/messages': 'messages',
  '/v1/responses': 'responses',
  '/v1/embeddings': 'embeddings',
};

const key = { backendAuth: { key: `${dollar}{GW_SECRET_KEY}` } };

const bedrock = (model: string) => ({ name: 'bedrock', provider: { bedrock: { region: 'us-east-1', model } } });
const anthropic = { name: 'anthropic', provider: { anthropic: { model: 'claude-direct' } }, policies: key };
const openai = { name: 'openai', provider: { openAI: {} }, policies: key };
const vertex = (model: string) => ({
  name: 'vertex',
  provider: { vertex: { projectId: 'acme-project', region: 'europe-west4', model } },
  policies: { backendAuth: { gcp: { type: 'accessToken', credential: { file: '/etc/gatewright/secrets/vertex' } } } },
});
const custom = {
  name: 'custom',
  provider: { custom: { providerOverride: 'aws.bedrock', model: 'gpt-oss', formats: [{ type: 'responses' }] } },
  hostOverride: 'models.example:443',
  pathPrefix: '/openai/v1',
  policies: { backendTLS: {}, ...key },
};
const azure = {
  name: 'azure',
  provider: { azure: { resourceName: 'acme', resourceType: 'openAI', model: 'gpt-azure' } },
  policies: key,
};
const gemini = { name: 'gemini', provider: { gemini: { model: 'gemini-flash' } }, policies: key };

const claude = 'us.anthropic.claude-sonnet';

/** Backend name → targets, tried in order. */
const backends: Readonly<Record<string, readonly JsonObject[]>> = {
  'b-bedrock': [bedrock(claude)],
  'b-titan': [bedrock('amazon.titan-embed-text-v2:0')],
  'b-anthropic': [anthropic],
  'b-openai': [openai],
  'b-azure': [azure],
  'b-gemini': [gemini],
  'b-vertex-claude': [vertex('claude-sonnet-4-5')],
  'b-vertex-gemini': [vertex('gemini-2.5-flash')],
  'b-vertex-embedding': [vertex('text-embedding-005')],
  'b-custom': [custom],
  'b-fallback': [bedrock(claude), anthropic],
  'b-three': [bedrock(claude), anthropic, { ...bedrock('us.amazon.nova-lite-v1:0'), name: 'bedrock.3' }],
};

const health = {
  unhealthyExpression:
    'proxy.upstreamDuration != null && default(response.code, 599) in [429, 500, 502, 503, 504, 529, 599]',
  eviction: { duration: '2s' },
};

function backend(name: string, targets: readonly JsonObject[]): JsonObject {
  const groups = targets.map((target) => ({ providers: [target] }));
  return { name, ...(targets.length > 1 ? { policies: { health } } : {}), ai: { groups } };
}

function webhookGuard(phase: string): JsonObject {
  return {
    webhook: {
      target: { backend: '/guard-house' },
      headers: { ':path': `"/check/${phase}"` },
      failureMode: 'failClosed',
    },
  };
}

const rejection = {
  status: 403,
  body: '{"error":{"message":"blocked by policy"}}',
  headers: { set: { 'content-type': 'application/json' } },
};
const reject = { regex: { action: 'reject', rules: [{ pattern: 'AKIA[0-9A-Z]{16}' }] }, rejection };
const mask = { regex: { action: 'mask', rules: [{ builtin: 'email' }] } };
const bedrockGuard = { bedrockGuardrails: { guardrailIdentifier: 'gr-1', guardrailVersion: '1', region: 'us-east-1' } };

const guards: Readonly<Record<string, JsonObject>> = {
  guarded: { streaming: 'Enabled', request: [reject, mask, bedrockGuard], response: [reject, mask] },
  hooked: { request: [webhookGuard('request')] },
  'hooked-answer': { response: [webhookGuard('response')] },
};

interface Route {
  readonly model: string;
  readonly backends: readonly JsonObject[];
  readonly when?: string;
}

const to = (name: string): readonly JsonObject[] => [{ backend: `/${name}` }];

const routes: readonly Route[] = [
  ...['bedrock', 'titan', 'anthropic', 'openai', 'azure', 'gemini', 'vertex-claude', 'vertex-gemini'].map((model) => ({
    model,
    backends: to(`b-${model}`),
  })),
  { model: 'vertex-embedding', backends: to('b-vertex-embedding') },
  { model: 'custom', backends: to('b-custom') },
  { model: 'fallback', backends: to('b-fallback') },
  { model: 'three', backends: to('b-three') },
  { model: 'guarded', backends: to('b-openai') },
  { model: 'hooked', backends: to('b-openai') },
  {
    model: 'split',
    backends: [
      { weight: 70, backend: '/b-fallback' },
      { weight: 30, backend: '/b-openai' },
    ],
  },
  { model: 'auto', backends: to('b-openai'), when: 'x-gw-when-1' },
  { model: 'auto', backends: to('b-anthropic') },
  { model: 'hooked-answer', backends: to('b-openai') },
];

function ruleRoute({ model, backends: targets, when }: Route, index: number): JsonObject {
  const condition = when === undefined ? [] : [{ name: when, value: { exact: '1' } }];
  const headers = [{ name: 'x-gw-rule', value: { exact: model } }, ...condition];
  const promptGuard = guards[model];
  return {
    name: `${model}-${String(index).padStart(2, '0')}`,
    gateways: 'default',
    matches: Object.keys(surfaces).map((path) => ({ path: { exact: path }, headers })),
    policies: {
      requestHeaderModifier: { remove: ['x-gw-rule', 'x-gw-when-1'] },
      timeout: { requestTimeout: '300s', backendRequestTimeout: '60s' },
      retry: { attempts: 2, backoff: '50ms', codes: [429, 500, 502, 503, 504, 529] },
      ai: { routes: surfaces, ...(promptGuard === undefined ? {} : { promptGuard }) },
    },
    backends: targets,
  };
}

const denial: JsonObject = {
  name: 'deny.model',
  gateways: 'default',
  matches: Object.keys(surfaces).map((path) => ({ path: { exact: path } })),
  policies: {
    directResponse: {
      status: 404,
      headers: { 'content-type': '"application/json"' },
      bodyExpression: 'toJson({"error": {"message": "no model " + metadata.model, "code": metadata.rule}})',
    },
  },
};

const models = [...new Set(routes.map(({ model }) => model))];
const tenantOf = '{"client-acme":"acme","client-beta":"beta","sso":"@claim"}[jwt.client_id]';
const ruleOf = `{${models.map((model) => `"${model}":"${model}"`).join(',')}}[metadata.model]`;
const decided = 'metadata.rule != "" && !metadata.rule.startsWith("!")';

const transformations = {
  request: {
    metadata: {
      client: 'string(jwt.client_id)',
      credential: `coalesce(${tenantOf}, "")`,
      tenant: 'metadata.credential == "@claim" ? coalesce(string(jwt.tenant), "") : metadata.credential',
      model: 'coalesce(json(request.body).model + "", "")',
      rule: [
        `!coalesce(jwt.token_use == "access" && "${invokeScope}" in jwt.scope.split(" "), false) ? "!token"`,
        'metadata.tenant == "" ? "!tenant"',
        `coalesce(${ruleOf}, "!model")`,
      ].join(' : '),
    },
    set: {
      'x-gw-rule': 'metadata.rule',
      'x-gw-when-1': 'coalesce(size(json(request.body).tools) > 0, false) ? "1" : "0"',
    },
    remove: ['x-retry-attempt'],
  },
  response: { set: { 'x-gw-release': '"r1"' } },
};

const gatewayPolicy = (name: string, policy: JsonObject): JsonObject => ({
  name: { name, namespace: 'gatewright' },
  target: { gateway: { gatewayName: 'default', gatewayNamespace: 'default' } },
  phase: 'route',
  policy,
});

const budgetPolicy = gatewayPolicy('budget', {
  extAuthz: {
    conditional: [
      {
        condition: decided,
        backend: '/budget',
        failureMode: { denyWithStatus: 503 },
        protocol: {
          http: {
            path: '"/v1/budget"',
            body: 'toJson({"tenant": metadata.tenant, "model": metadata.model, "client": metadata.client, "path": request.path, "release": "r1"})',
            addRequestHeaders: { ':method': '"POST"', 'content-type': '"application/json"' },
          },
        },
        cache: { key: ['metadata.tenant', 'metadata.model', 'request.path'], ttl: 'duration("5s")', maxEntries: 100 },
      },
    ],
  },
});

const localLimits = gatewayPolicy('limits', {
  localRateLimit: {
    conditional: [
      {
        condition: 'metadata.tenant == "acme"',
        type: 'requests',
        maxTokens: 3,
        tokensPerFill: 3,
        fillInterval: '60s',
      },
      { type: 'requests', maxTokens: 1000, tokensPerFill: 1000, fillInterval: '60s' },
    ],
  },
});

const remoteLimits = gatewayPolicy('limits', {
  remoteRateLimit: {
    conditional: [
      {
        condition: decided,
        domain: 'gatewright',
        backend: '/ratelimit',
        failureMode: 'failOpen',
        descriptors: [{ type: 'requests', entries: [{ key: 'tenant_rpm', value: 'metadata.tenant' }] }],
      },
    ],
  },
});

const rate = { rates: { input: '3', output: '15' } };

const service = (name: string, host: string, policies: JsonObject): JsonObject => ({ name, host, policies });

/** `limits` says who counts requests. */
export function config(limits: 'local' | 'global' = 'local'): JsonObject {
  const services: Json[] = [
    service('budget', 'budget.internal:443', { backendTLS: {}, http: { requestTimeout: '1s' } }),
    service('ratelimit', 'ratelimit.internal:8081', { http: { requestTimeout: '500ms' } }),
    service('guard-house', 'guard.example:443', { backendTLS: {}, http: { requestTimeout: '5s' } }),
  ];
  const catalogue = {
    providers: { anthropic: { models: { 'claude-direct': rate } }, 'aws.bedrock': { models: { [claude]: rate } } },
  };
  return {
    config: { logging: { format: 'json' }, modelCatalog: [{ inline: catalogue }] },
    frontendPolicies: {
      http: { maxBufferSize: 1_048_576 },
      accessLog: {
        remove: ['jwt.sub'],
        add: {
          'gw.tenant': 'metadata.tenant',
          'gw.rule': 'metadata.rule',
          'gw.provider': 'llm.provider',
          'gw.upstream_model': 'llm.requestModel',
          'gw.tokens.input': 'llm.inputTokens',
          'gw.tokens.output': 'llm.outputTokens',
          'gw.cost_usd': 'llm.cost.total',
          'gw.price': '"costs $$5"',
        },
      },
    },
    gateways: {
      default: {
        port: 4000,
        jwtAuth: {
          mode: 'strict',
          issuer: 'https://issuer.example/pool',
          jwks: { url: 'https://issuer.example/pool/.well-known/jwks.json' },
          jwtValidationOptions: { requiredClaims: ['exp', 'iss'] },
        },
        transformations,
      },
      ops: { port: 4001 },
    },
    routes: [denial, ...routes.map(ruleRoute)],
    backends: [...Object.entries(backends).map(([name, targets]) => backend(name, targets)), ...services],
    policies: [budgetPolicy, limits === 'local' ? localLimits : remoteLimits],
  };
}
