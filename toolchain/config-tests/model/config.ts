import { z } from 'zod';
import { Unknown } from '../cel/failure.ts';
import { ai } from './config-ai.ts';
import { cel, duration, expressions, json } from './config-values.ts';

/**
 * Everything of a gateway config that the interpreter knows. Strict all the way down: a construct that is not in here
 * is an error, because an engine that skipped it would test another gateway.
 */

const direction = z.strictObject({
  metadata: expressions.optional(),
  set: expressions.optional(),
  remove: z.array(z.string()).optional(),
});

const gateway = z.strictObject({
  port: z.int(),
  jwtAuth: z
    .strictObject({
      mode: z.literal('strict'),
      issuer: z.string(),
      jwks: z.union([z.string(), z.strictObject({ url: z.string() })]),
      jwtValidationOptions: z.strictObject({ requiredClaims: z.array(z.string()) }),
    })
    .optional(),
  transformations: z.strictObject({ request: direction.optional(), response: direction.optional() }).optional(),
});

const header = z.strictObject({ name: z.string(), value: z.strictObject({ exact: z.string() }) });

const match = z.strictObject({
  path: z.union([z.strictObject({ exact: z.string() }), z.strictObject({ pathPrefix: z.string() })]).optional(),
  method: z.string().optional(),
  headers: z.array(header).optional(),
});

const directResponse = z.strictObject({
  status: z.int(),
  headers: expressions.optional(),
  body: z.string().optional(),
  bodyExpression: cel.optional(),
});

const retry = z.strictObject({ attempts: z.int(), backoff: duration, codes: z.array(z.int()) });

const route = z.strictObject({
  name: z.string(),
  gateways: z.string(),
  matches: z.array(match).optional(),
  policies: z
    .strictObject({
      directResponse: directResponse.optional(),
      requestHeaderModifier: z.strictObject({ remove: z.array(z.string()) }).optional(),
      timeout: z
        .strictObject({ requestTimeout: duration.optional(), backendRequestTimeout: duration.optional() })
        .optional(),
      retry: retry.optional(),
      ai: ai.optional(),
    })
    .optional(),
  backends: z.array(z.strictObject({ backend: z.string(), weight: z.int().optional() })).optional(),
});

const model = z.string().optional();

const provider = z.union([
  z.strictObject({ bedrock: z.strictObject({ region: z.string(), model }) }),
  z.strictObject({ anthropic: z.strictObject({ model }) }),
  z.strictObject({ openAI: z.strictObject({ model }) }),
  z.strictObject({ gemini: z.strictObject({ model }) }),
  z.strictObject({ azure: z.strictObject({ resourceName: z.string(), resourceType: z.literal('openAI'), model }) }),
  z.strictObject({ vertex: z.strictObject({ projectId: z.string(), region: z.string(), model }) }),
  z.strictObject({
    custom: z.strictObject({
      providerOverride: z.string(),
      model,
      formats: z.array(
        z.strictObject({ type: z.enum(['completions', 'messages', 'responses', 'embeddings', 'anthropicTokenCount']) }),
      ),
    }),
  }),
]);

const entry = z.strictObject({
  name: z.string(),
  provider,
  hostOverride: z.string().optional(),
  pathPrefix: z.string().optional(),
  policies: z.strictObject({ backendTLS: json.optional(), backendAuth: json.optional() }).optional(),
});

const aiBackend = z.strictObject({
  name: z.string(),
  policies: z
    .strictObject({
      health: z.strictObject({
        unhealthyExpression: cel.optional(),
        eviction: z.strictObject({ duration }),
      }),
    })
    .optional(),
  // Which of several providers of a group is taken is a matter of luck and of latency.
  ai: z.strictObject({ groups: z.array(z.strictObject({ providers: z.array(entry).length(1) })).min(1) }),
});

const hostBackend = z.strictObject({
  name: z.string(),
  host: z.string(),
  policies: z
    .strictObject({
      backendTLS: json.optional(),
      backendAuth: json.optional(),
      http: z.strictObject({ requestTimeout: duration }).optional(),
    })
    .optional(),
});

const extAuthz = z.strictObject({
  condition: cel.optional(),
  backend: z.string(),
  failureMode: z.union([z.enum(['allow', 'deny']), z.strictObject({ denyWithStatus: z.int() })]).default('deny'),
  includeRequestHeaders: z.array(z.string()).optional(),
  protocol: z.strictObject({
    http: z.strictObject({
      path: cel,
      body: cel,
      addRequestHeaders: expressions.optional(),
      metadata: expressions.optional(),
    }),
  }),
  cache: z.strictObject({ key: z.array(cel), ttl: cel, maxEntries: z.int().optional() }).optional(),
});

const localRateLimit = z.strictObject({
  condition: cel.optional(),
  type: z.literal('requests').optional(),
  maxTokens: z.int(),
  tokensPerFill: z.int(),
  fillInterval: duration,
});

const remoteRateLimit = z.strictObject({
  condition: cel.optional(),
  domain: z.string(),
  backend: z.string(),
  failureMode: z.enum(['failOpen', 'failClosed']).optional(),
  descriptors: z.array(
    z.strictObject({
      type: z.enum(['requests', 'tokens']),
      entries: z.array(z.strictObject({ key: z.string(), value: cel })),
      limitOverride: cel.optional(),
    }),
  ),
});

/** First of them whose condition holds. */
function conditional<T extends z.ZodType>(one: T) {
  return z.strictObject({ conditional: z.array(one).max(64) });
}

const policy = z.strictObject({
  name: z.strictObject({ name: z.string(), namespace: z.string() }),
  target: z.strictObject({
    gateway: z.strictObject({ gatewayName: z.literal('default'), gatewayNamespace: z.literal('default') }),
  }),
  phase: z.literal('route'),
  policy: z.strictObject({
    extAuthz: conditional(extAuthz).optional(),
    localRateLimit: conditional(localRateLimit).optional(),
    remoteRateLimit: conditional(remoteRateLimit).optional(),
    directResponse: conditional(directResponse.extend({ condition: cel.optional() })).optional(),
  }),
});

const rates = z.strictObject({
  input: z.string().optional(),
  output: z.string().optional(),
  cacheRead: z.string().optional(),
  cacheWrite: z.string().optional(),
  reasoning: z.string().optional(),
  inputAudio: z.string().optional(),
  outputAudio: z.string().optional(),
});

const catalogue = z.strictObject({
  providers: z.record(
    z.string(),
    z.strictObject({
      models: z.record(
        z.string(),
        z.strictObject({
          rates,
          tiers: z.array(z.strictObject({ contextOver: z.number(), rates })).optional(),
        }),
      ),
    }),
  ),
});

const schema = z.strictObject({
  config: z.strictObject({
    logging: z.strictObject({ format: z.literal('json'), level: z.string().optional() }),
    modelCatalog: z.array(z.strictObject({ inline: catalogue })),
  }),
  frontendPolicies: z.strictObject({
    http: z.strictObject({ maxBufferSize: z.int() }),
    accessLog: z.strictObject({ remove: z.array(z.string()).optional(), add: expressions }),
  }),
  gateways: z.record(z.string(), gateway),
  routes: z.array(route),
  backends: z.array(z.union([aiBackend, hostBackend])),
  policies: z.array(policy).optional(),
});

export type GatewayConfig = z.infer<typeof schema>;
export type Gateway = z.infer<typeof gateway>;
export type Direction = z.infer<typeof direction>;
export type Route = z.infer<typeof route>;
export type Match = z.infer<typeof match>;
export type AiBackend = z.infer<typeof aiBackend>;
export type HostBackend = z.infer<typeof hostBackend>;
export type ProviderEntry = z.infer<typeof entry>;
export type DirectResponse = z.infer<typeof directResponse>;
export type ExtAuthz = z.infer<typeof extAuthz>;
export type Catalogue = z.infer<typeof catalogue>;
export type Rates = z.infer<typeof rates>;
export type Policy = z.infer<typeof policy>['policy'];

/** Reads the text as the gateway does: first dollars and environment variables, then the structure. */
export function readConfig(text: string): GatewayConfig {
  const result = schema.safeParse(JSON.parse(expanded(text)));
  if (!result.success) throw new Unknown(`the config has something unknown\n${z.prettifyError(result.error)}`);
  return result.data;
}

/** Values of variables are secrets, which no test needs. */
function expanded(text: string): string {
  return text.replaceAll(/\$(\$|\{\w+\}|\w+)?/g, (found, next: string | undefined) => {
    if (next === '$') return '$';
    if (next === undefined) return found;
    if (next.startsWith('{')) return 'a secret';
    throw new Unknown(`a dollar sign that is not doubled: ${found}`);
  });
}
