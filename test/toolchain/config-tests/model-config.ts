import type { Json, JsonObject } from '../../../contract/canonical.ts';
import { quietWorld, type TestRequest, type World } from '../../../toolchain/config-tests/engine.ts';
import { type ModelEngineOptions, modelEngine } from '../../../toolchain/config-tests/model/engine.ts';

/** The smallest gateway config that answers: one rule, one provider. Each test lays over it what it is about. */
export const access = {
  clients: { 'acme/default': 'client-acme' },
  invokeScope: 'https://gateway.example/invoke',
};

const surfaces = {
  '/v1/chat/completions': 'completions',
  '/v1/messages/count_tokens': 'anthropicTokenCount',
  '/v1/messages': 'messages',
  '/v1/responses': 'responses',
  '/v1/embeddings': 'embeddings',
};

export const openai = { name: 'openai', provider: { openAI: {} } };
export const anthropic = { name: 'anthropic', provider: { anthropic: { model: 'claude-direct' } } };
export const bedrock = {
  name: 'bedrock',
  provider: { bedrock: { region: 'us-east-1', model: 'us.anthropic.claude' } },
};

const metadata: Readonly<Record<string, string>> = {
  client: 'string(jwt.client_id)',
  model: 'coalesce(json(request.body).model + "", "")',
  tooLarge: 'coalesce(request.body == null, true)',
  rule: 'metadata.model == "" ? "!json" : metadata.model',
};

export interface Parts {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, string>>;
  readonly setOnAnswer?: Readonly<Record<string, string>>;
  readonly routes?: readonly Json[];
  readonly policies?: JsonObject;
  readonly ai?: JsonObject;
  readonly targets?: readonly JsonObject[];
  readonly backends?: readonly Json[];
  readonly health?: JsonObject;
  readonly gatewayPolicies?: readonly Json[];
  readonly log?: Readonly<Record<string, string>>;
  readonly models?: JsonObject;
  readonly maxBodyBytes?: number;
}

/** Not linked from anything: written in the shape that the compiler emits. */
export function configOf(parts: Parts = {}): JsonObject {
  const groups = (parts.targets ?? [openai]).map((target) => ({ providers: [target] }));
  const route: JsonObject = {
    name: 'rule',
    gateways: 'default',
    matches: Object.keys(surfaces).map((path) => ({ path: { exact: path } })),
    policies: {
      timeout: { requestTimeout: '120s', backendRequestTimeout: '30s' },
      ...parts.policies,
      ai: { routes: surfaces, ...parts.ai },
    },
    backends: [{ backend: '/providers' }],
  };
  const policies = parts.health === undefined ? {} : { policies: { health: parts.health } };
  return {
    config: { logging: { format: 'json' }, modelCatalog: [{ inline: { providers: parts.models ?? {} } }] },
    frontendPolicies: {
      http: { maxBufferSize: parts.maxBodyBytes ?? 100_000 },
      accessLog: { remove: ['jwt.sub'], add: { 'gw.rule': 'metadata.rule', ...parts.log } },
    },
    gateways: {
      default: {
        port: 4000,
        jwtAuth: {
          mode: 'strict',
          issuer: 'https://issuer.example/pool',
          jwks: { url: 'https://issuer.example/pool/jwks.json' },
          jwtValidationOptions: { requiredClaims: ['exp', 'iss'] },
        },
        transformations: {
          request: {
            metadata: { ...metadata, ...parts.metadata },
            set: { 'x-rule': 'metadata.rule', ...parts.set },
            remove: ['x-secret'],
          },
          response: { set: { 'x-release': '"r1"', 'x-rule': 'metadata.rule', ...parts.setOnAnswer } },
        },
      },
    },
    routes: [...(parts.routes ?? []), route],
    backends: [
      { name: 'providers', ...policies, ai: { groups } },
      { name: 'budget', host: 'budget.example:443', policies: { backendTLS: {}, http: { requestTimeout: '1s' } } },
      { name: 'hook', host: 'hook.example:443', policies: { backendTLS: {} } },
      ...(parts.backends ?? []),
    ],
    policies: parts.gatewayPolicies ?? [],
  };
}

/** The config as its text is written: every dollar sign of a value twice. */
export function textOf(config: JsonObject): string {
  return JSON.stringify(config).replaceAll('$', '$$$$');
}

export function engineOf(parts: Parts = {}, budgetService: ModelEngineOptions['budgetService'] = noBudget) {
  return modelEngine(textOf(configOf(parts)), { ...access, budgetService });
}

const noBudget: ModelEngineOptions['budgetService'] = () => ({ status: 200, headers: {}, body: {} });

export function says(text: string, fields: JsonObject = {}): JsonObject {
  return { model: 'smart', messages: [{ role: 'user', content: text }], ...fields };
}

export function post(body: Json, changes: Partial<TestRequest> = {}): TestRequest {
  return {
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    credential: 'valid',
    client: 'acme/default',
    claims: {},
    ...changes,
  };
}

/** The only way in which the request can end. */
export async function observe(parts: Parts, request: TestRequest, world: Partial<World> = {}) {
  const outcomes = await engineOf(parts).run(request, { ...quietWorld, ...world }, 1);
  const [outcome] = outcomes;
  if (outcome === undefined || outcomes.length > 1) throw new Error(`${outcomes.length} outcomes`);
  return outcome.observation;
}
