import { isObject, type Json, type JsonObject } from '../../../contract/canonical.ts';
import { milliseconds } from '../cel/duration.ts';
import { attemptTimeoutTo, backendsAskedBy, resourceOf } from './described.ts';
import { editAt, listIn, objectIn, type Pattern, without } from './edit.ts';

/** Where on this machine a config finds what it needs. Ports are of 127.0.0.1. */
export interface Places {
  /** By provider resource. */
  readonly providers: Readonly<Record<string, number>>;
  readonly budgetService: number;
  readonly webhook: number;
  /** By gateway of the config: `default`, `ops`. */
  readonly gateways: Readonly<Record<string, number>>;
  readonly admin: number;
  readonly stats: number;
  readonly readiness: number;
  /** Public keys of the local issuer, as JSON text. */
  readonly jwks: string;
}

interface Rewriting {
  readonly at: Pattern;
  /** The members below `at` that may differ afterwards; all others stay. */
  readonly members: readonly string[];
  edit(found: JsonObject, context: Context): JsonObject | undefined;
}

interface Context {
  readonly places: Places;
  readonly names: readonly string[];
  /** Before any rewriting. */
  readonly original: JsonObject;
}

/** An attempt, a webhook or the budget service may take this long: what is slow in a case lasts not much longer. */
const patience = 1000;

/** Nothing listens there. */
const nowhere = 'localhost:1';

const loopback = (port: number | undefined) => (port === undefined ? nowhere : `127.0.0.1:${port}`);

/** Everything that the binary engine changes in a linked config to run it on this machine. There is nothing else. */
export const rewritings: readonly Rewriting[] = [
  {
    // These listen on fixed ports, two of them on every address of the machine.
    at: ['config'],
    members: ['adminAddr', 'statsAddr', 'readinessAddr'],
    edit: (config, { places }) => ({
      ...config,
      adminAddr: loopback(places.admin),
      statsAddr: loopback(places.stats),
      readinessAddr: loopback(places.readiness),
    }),
  },
  {
    // Several engines run at once, so each takes free ports.
    at: ['gateways', '*'],
    members: ['port'],
    edit: (gateway, { places, names: [name = ''] }) => ({
      ...gateway,
      port: places.gateways[name] ?? gateway['port'] ?? 0,
    }),
  },
  {
    // Tokens come from an issuer of the tests; what it calls itself stays the configured issuer.
    at: ['gateways', '*', 'jwtAuth'],
    members: ['jwks'],
    edit: (jwtAuth, { places }) => ({ ...jwtAuth, jwks: places.jwks }),
  },
  {
    // Providers are mocks without TLS; a host override drops the default path and the default credential.
    at: ['backends', '*', 'ai', 'groups', '*', 'providers', '*'],
    members: ['hostOverride', 'pathPrefix', 'policies'],
    edit: (entry, { places }) => providerOnLoopback(entry, places),
  },
  {
    // The budget service and webhooks are mocks without TLS that answer within the patience of the tests.
    at: ['backends', '*'],
    members: ['host', 'policies'],
    edit: serviceOnLoopback,
  },
  {
    // A target that recovers before a slow attempt is over does so with shortened attempts too.
    at: ['backends', '*', 'policies', 'health', 'eviction'],
    members: ['duration'],
    edit: shortenEviction,
  },
  {
    // A slow provider must not stall a test; both are shortened alike, so as many attempts fit as before.
    at: ['routes', '*', 'policies', 'timeout'],
    members: ['requestTimeout', 'backendRequestTimeout'],
    edit: shortenTimeouts,
  },
  {
    // The host of Bedrock guardrails is fixed: no mock can stand in, and every request would end as 503.
    at: ['routes', '*', 'policies', 'ai', 'promptGuard'],
    members: ['request', 'response'],
    edit: withoutBedrockGuardrails,
  },
  {
    // What the budget service said in one case must not be an answer in the next.
    at: ['policies', '*', 'policy', 'extAuthz', 'conditional', '*', 'cache'],
    members: ['ttl'],
    edit: (cache) => ({ ...cache, ttl: 'duration("1ms")' }),
  },
  {
    // No rate limit service runs beside the tests; the engine refuses cases that need one.
    at: ['policies', '*'],
    members: ['policy'],
    edit: withoutRemoteRateLimit,
  },
];

/** A linked config that runs on this machine and calls nothing outside of it. */
export function rewriteForLoopback(config: JsonObject, places: Places): JsonObject {
  let value: Json = config;
  for (const { at, edit } of rewritings) {
    value = editAt(value, at, (found, names) => edit(found, { places, names, original: config })) ?? {};
  }
  return isObject(value) ? value : {};
}

/** Provider types whose own base path is part of what a path prefix replaces. */
const basePaths: Readonly<Record<string, string>> = { openAI: '/v1', anthropic: '/v1' };

function providerOnLoopback(entry: JsonObject, { providers }: Places): JsonObject {
  const type = Object.keys(objectIn(entry, 'provider'))[0] ?? '';
  const policies = without(objectIn(entry, 'policies'), 'backendTLS');
  return {
    ...entry,
    hostOverride: loopback(providers[resourceOf(String(entry['name']))]),
    pathPrefix: entry['pathPrefix'] ?? basePaths[type] ?? '/',
    policies: { ...policies, ...localCredential(entry, type, policies) },
  };
}

/** Keys stay references to environment variables, to which the engine gives values. */
function localCredential(entry: JsonObject, type: string, policies: JsonObject): JsonObject {
  if (type === 'bedrock') {
    const { region = '' } = objectIn(entry, 'provider', 'bedrock');
    return 'backendAuth' in policies ? {} : { backendAuth: { aws: { region } } };
  }
  // A Google credential is a file that is not here, and would be exchanged for a token at Google.
  return 'gcp' in objectIn(policies, 'backendAuth') ? { backendAuth: { key: 'test-key' } } : {};
}

function serviceOnLoopback(backend: JsonObject, { places, original }: Context): JsonObject {
  if (typeof backend['host'] !== 'string') return backend;
  const name = String(backend['name']);
  const isWebhook = backendsAskedBy(original, 'webhook').has(name);
  const isBudgetService = backendsAskedBy(original, 'extAuthz').has(name);
  const port = isWebhook ? places.webhook : isBudgetService ? places.budgetService : undefined;
  const rewritten = { ...backend, host: loopback(port) };
  if (!isObject(backend['policies'])) return rewritten;
  const policies = without(backend['policies'], 'backendTLS');
  const http = objectIn(policies, 'http');
  if (typeof http['requestTimeout'] !== 'string') return { ...rewritten, policies };
  return { ...rewritten, policies: { ...policies, http: { ...http, requestTimeout: atMost(http['requestTimeout']) } } };
}

function atMost(duration: string): string {
  return milliseconds(duration) <= patience ? duration : `${patience}ms`;
}

/** A slow attempt outlasts a cooldown that is shorter than it, and fits into one that is not: so it does afterwards. */
function shortenEviction(eviction: JsonObject, { original, names: [index = ''] }: Context): JsonObject {
  const backend = listIn(original, 'backends')[Number(index)];
  const attempt = isObject(backend) ? attemptTimeoutTo(original, String(backend['name'])) : undefined;
  const { duration } = eviction;
  if (typeof duration !== 'string' || attempt === undefined || attempt <= patience) return eviction;
  const cooldown = milliseconds(duration);
  return cooldown >= attempt ? eviction : { ...eviction, duration: `${Math.min(cooldown, patience / 2)}ms` };
}

function shortenTimeouts(timeout: JsonObject): JsonObject {
  const durations = Object.entries(timeout).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const attempt = timeout['backendRequestTimeout'] ?? timeout['requestTimeout'];
  const factor = typeof attempt === 'string' ? Math.min(1, patience / milliseconds(attempt)) : 1;
  if (factor === 1) return timeout;
  const shortened = durations.map(([name, duration]) => [name, `${Math.ceil(milliseconds(duration) * factor)}ms`]);
  return { ...timeout, ...Object.fromEntries(shortened) };
}

function withoutBedrockGuardrails(promptGuard: JsonObject): JsonObject {
  const phases = ['request', 'response'].filter((phase) => phase in promptGuard);
  const kept = phases.map((phase) => {
    const guards = listIn(promptGuard, phase);
    return [phase, guards.filter((guard) => !isObject(guard) || !('bedrockGuardrails' in guard))];
  });
  return { ...promptGuard, ...Object.fromEntries(kept) };
}

function withoutRemoteRateLimit(entry: JsonObject): JsonObject | undefined {
  const policy = objectIn(entry, 'policy');
  if (!('remoteRateLimit' in policy)) return entry;
  const rest = without(policy, 'remoteRateLimit');
  return Object.keys(rest).length === 0 ? undefined : { ...entry, policy: rest };
}
