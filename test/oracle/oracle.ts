import type { TestRequest, World } from '../../toolchain/config-tests/engine.ts';
import { actingTenant, type Tenant, unanswered, unpaid } from './access.ts';
import type { Configuration } from './configuration.ts';
import { blocked, rejection } from './guards.ts';
import { bodySize, type Facts, factsOf, holds } from './request.ts';
import { permittedNames, type Routed, routedModels, surfaces } from './routing.ts';
import { type End, ends } from './walk.ts';

/**
 * The second opinion: what the resources promise for one request, read from what people wrote and from how the gateway
 * is known to behave. It knows nothing of tables, classes, compiled config or CEL.
 */
export interface Answer {
  /** undefined: no valid token; empty: a valid token of nobody. */
  readonly tenant: string | undefined;
  /** The model that decides, or the reason why none may; empty: the request asks for no model. */
  readonly decision: Decision | undefined;
  /** What turns the request away before a provider is asked, or answers it; undefined: nothing. */
  readonly local: string | undefined;
  readonly ends: readonly End[];
}

export type Decision = string | { readonly profile: string; readonly model: string };

/** The gateway keeps no copy of a larger body, so it cannot try again. */
const replayableBytes = 65_536;

export function judge(configuration: Configuration, day: string, request: TestRequest, world: World): Answer {
  if (['missing', 'expired', 'wrong-issuer'].includes(request.credential)) {
    return { tenant: undefined, decision: undefined, ...locally('token', 401) };
  }
  // An ID token names no client.
  const tenant = request.credential === 'id-token' ? undefined : actingTenant(configuration, day, request);
  const facts = factsOf(request);
  const path = request.path.split('?')[0] ?? '';
  const known = { tenant: tenant?.name ?? '' };
  const denial = denialOf(configuration, request, facts, tenant);
  const routed =
    denial === undefined && tenant && request.method === 'POST' ? choose(configuration, day, tenant, facts) : undefined;
  const refusal =
    denial ??
    (request.method === 'POST' && routed === undefined ? (['!model', 404] as const) : undefined) ??
    (tenant && routed && blocked(configuration, tenant.guardrails, request));
  const decision = refusal?.[0] ?? (tenant && routed ? { profile: tenant.routing, model: routed.name } : '');

  // Whoever asks for a model that is theirs pays and is counted, also on a path that does not serve it.
  const refused =
    refusal === undefined && tenant && routed && unpaidOrTooMany(configuration, tenant, routed, facts, world);
  if (refused) return { ...known, decision, ...locally(...refused) };
  const isSurface = surfaces.includes(path);
  if (!isSurface && path !== '/v1/models') return { ...known, decision, ...locally('not found', 404) };
  if (refusal !== undefined) return { ...known, decision, ...locally(refusal[0].replace(/\..*/, ''), refusal[1]) };
  if (request.method === 'GET' && path === '/v1/models') return { ...known, decision, ...locally('models', 200) };
  if (routed === undefined || tenant === undefined || !isSurface || !routed.serves(path)) {
    return { ...known, decision, ...locally('unsupported', 400) };
  }
  return { ...known, decision, ...serve(configuration, { tenant, routed, path, facts, request, world }) };
}

type Rest = Pick<Answer, 'local' | 'ends'>;

function locally(name: string, status: number): Rest {
  return { local: name, ends: [{ weight: 1, attempts: [], upstreamModel: undefined, status }] };
}

/** The first reason to say no that does not depend on the model, in the order in which they are looked for. */
function denialOf(
  configuration: Configuration,
  request: TestRequest,
  facts: Facts,
  tenant: Tenant | undefined,
): readonly [string, number] | undefined {
  const largest = configuration.environment.spec.gateway.maxBodyBytes ?? 2_097_152;
  if (request.credential === 'id-token' || request.credential === 'without-scope') return ['!token', 403];
  if (tenant === undefined) return ['!tenant', 403];
  if (tenant.status === 'suspended') return ['!suspended', 403];
  if (tenant.limits.requestsPerMinute === 0 || tenant.limits.tokensPerDay === 0) return ['!limit', 429];
  if (request.method !== 'POST') return undefined;
  if (bodySize(request) > largest) return ['!large', 413];
  return facts.model === '' ? ['!json', 400] : undefined;
}

function choose(configuration: Configuration, day: string, tenant: Tenant, { model }: Facts): Routed | undefined {
  return routedModels(configuration, day, tenant).find((routed) => permittedNames(routed, tenant).includes(model));
}

function unpaidOrTooMany(
  configuration: Configuration,
  tenant: Tenant,
  { isWildcard, name }: Routed,
  facts: Facts,
  world: World,
): readonly [string, number] | undefined {
  // An alias is another name of its model; a wildcard is none, but stands for models of their own.
  const refused = unpaid(configuration, tenant, isWildcard ? facts.model : name, world);
  if (refused !== undefined) return ['budget', refused];
  const { requestsPerMinute } = tenant.limits;
  const counted = configuration.environment.spec.limits?.backend === 'local' && requestsPerMinute !== undefined;
  return counted && world.requestsBefore >= requestsPerMinute ? ['limit', 429] : undefined;
}

interface Served {
  readonly tenant: Tenant;
  readonly routed: Routed;
  readonly path: string;
  readonly facts: Facts;
  readonly request: TestRequest;
  readonly world: World;
}

/** Guards of the prompt, providers, guards of the answer: in this order. */
function serve(configuration: Configuration, { tenant, routed, path, facts, request, world }: Served): Rest {
  if (unanswered(configuration, world)) return locally('budget unanswered', 503);
  const guarded = !['/v1/embeddings', '/v1/messages/count_tokens'].includes(path);
  const guard = (phase: 'request' | 'response', text: string) =>
    guarded ? rejection(configuration, tenant.guardrails, phase, text, world) : undefined;
  const before = guard('request', facts.text);
  if (before !== undefined) return locally('guardrail', before);

  const taken = routed.cases.find(({ when }) => when === undefined || holds(when, request, facts));
  if (taken === undefined) throw new Error(`no case of ${routed.name} takes the request`);
  const replayable = bodySize(request) <= replayableBytes;
  const reached = ends(taken.branches, { routed, path, requested: facts.model, replayable, world });
  // A stream is cut after its status is out.
  const after = facts.stream ? undefined : guard('response', world.answer);
  return {
    local: undefined,
    ends: reached.map((end) => (end.status === 200 && after !== undefined ? { ...end, status: after } : end)),
  };
}
