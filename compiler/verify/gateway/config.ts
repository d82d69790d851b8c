import type { Task } from '../../../contract/artifacts/task.ts';
import type { Json } from '../../../contract/canonical.ts';

/** The parts of agentgateway's config that laws read. Everything may be missing: that is what a law is about. */
export interface GatewayConfig {
  readonly config?: { readonly logging?: Json; readonly modelCatalog?: readonly { readonly inline?: Catalogue }[] };
  readonly frontendPolicies?: {
    readonly http?: { readonly maxBufferSize?: number };
    readonly accessLog?: { readonly add?: Readonly<Record<string, string>>; readonly remove?: readonly string[] };
  };
  readonly gateways: Readonly<Record<string, Gateway>>;
  readonly routes: readonly Route[];
  readonly backends: readonly Backend[];
  readonly policies?: readonly GatewayPolicy[];
}

export interface Catalogue {
  readonly providers?: Readonly<Record<string, { readonly models?: Readonly<Record<string, Price>> }>>;
}

interface Price {
  readonly rates: Readonly<Record<string, Json>>;
  readonly tiers?: readonly { readonly contextOver: number; readonly rates: Readonly<Record<string, Json>> }[];
}

export interface Gateway {
  readonly port?: number;
  readonly jwtAuth?: Readonly<Record<string, Json>>;
  readonly transformations?: {
    readonly request?: {
      readonly metadata?: Readonly<Record<string, string>>;
      readonly set?: Readonly<Record<string, string>>;
      readonly remove?: readonly string[];
    };
    readonly response?: Json;
  };
}

export interface Match {
  readonly path?: { readonly exact?: string };
  readonly method?: string;
  readonly headers?: readonly { readonly name: string; readonly value?: { readonly exact?: string } }[];
}

export interface Route {
  readonly name: string;
  readonly gateways?: string;
  readonly matches?: readonly Match[];
  readonly policies?: RoutePolicies;
  readonly backends?: readonly { readonly backend?: string; readonly weight?: number }[];
}

interface RoutePolicies {
  readonly requestHeaderModifier?: { readonly remove?: readonly string[] };
  readonly timeout?: { readonly requestTimeout?: string; readonly backendRequestTimeout?: string };
  readonly retry?: { readonly attempts?: number; readonly backoff?: string; readonly codes?: readonly number[] };
  readonly ai?: AiPolicy;
  readonly directResponse?: DirectResponse;
}

interface AiPolicy {
  readonly routes?: Readonly<Record<string, string>>;
  readonly promptCaching?: Json;
  readonly transformations?: Json;
  readonly defaults?: Json;
  readonly overrides?: Json;
  readonly promptGuard?: PromptGuard;
}

interface PromptGuard {
  readonly streaming?: string;
  readonly request?: readonly Guard[];
  readonly response?: readonly Guard[];
}

export interface Guard {
  readonly regex?: {
    readonly action?: string;
    readonly rules?: readonly { readonly pattern?: string; readonly builtin?: string }[];
  };
  readonly bedrockGuardrails?: {
    readonly guardrailIdentifier?: string;
    readonly guardrailVersion?: string;
    readonly region?: string;
  };
  readonly webhook?: {
    readonly target?: { readonly backend?: string };
    readonly headers?: Readonly<Record<string, string>>;
    readonly failureMode?: string;
  };
  readonly rejection?: {
    readonly status?: number;
    readonly body?: string;
    readonly headers?: { readonly set?: Readonly<Record<string, string>> };
  };
}

interface DirectResponse {
  readonly status?: number;
  readonly body?: string;
  readonly bodyExpression?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Backend {
  readonly name: string;
  readonly host?: string;
  readonly ai?: { readonly groups?: readonly { readonly providers?: readonly ProviderEntry[] }[] };
  readonly policies?: {
    readonly health?: { readonly unhealthyExpression?: string; readonly eviction?: { readonly duration?: string } };
    readonly backendTLS?: Json;
    readonly http?: { readonly requestTimeout?: string };
  };
}

export type ProviderEntry = { readonly name?: string } & { readonly [key: string]: Json };

export interface GatewayPolicy {
  readonly name?: { readonly name?: string; readonly namespace?: string };
  readonly target?: Json;
  readonly phase?: string;
  readonly policy?: {
    readonly extAuthz?: Conditional<Readonly<Record<string, Json>>>;
    readonly remoteRateLimit?: Conditional<Readonly<Record<string, Json>>>;
    readonly localRateLimit?: Conditional<Readonly<Record<string, Json>>>;
    readonly directResponse?: Conditional<Readonly<Record<string, Json>>>;
  };
}

export interface Conditional<T> {
  readonly conditional?: readonly (T & { readonly condition?: string })[];
}

/**
 * The config as the gateway reads it in its task: `$$` is a dollar sign and `${NAME}` the variable's value, which is a
 * token of the secret. What no law explains stays as it is.
 */
export function readConfig(text: string, task: Task): GatewayConfig {
  const variables = new Map(
    task.containers.flatMap((c) => [...Object.entries(c.environment), ...Object.entries(c.secrets)]),
  );
  const expanded = text.includes('$')
    ? text.replaceAll(/\$\$|\$\{(\w+)\}/g, (found, name?: string) =>
        name === undefined ? '$' : (variables.get(name) ?? found),
      )
    : text;
  return { gateways: {}, routes: [], backends: [], ...(JSON.parse(expanded) as Partial<GatewayConfig>) };
}
