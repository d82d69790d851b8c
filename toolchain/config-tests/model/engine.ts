import { Unknown } from '../cel/failure.ts';
import type { Access } from '../claims.ts';
import type { Engine, Observation, Outcome, TestRequest, World } from '../engine.ts';
import { countedElsewhere, unlinkedClient } from '../refusals.ts';
import { authenticate } from './authentication.ts';
import { type GatewayConfig, type Route, readConfig } from './config.ts';
import { costs } from './cost.ts';
import { directResponse } from './direct-response.ts';
import { type Answer, begin, type Exchange, plainText } from './exchange.ts';
import { backendCalls, type CallBackend, type Ended } from './failover.ts';
import { gatewayPhase } from './gateway-phase.ts';
import { accessLog } from './log.ts';
import { type BudgetService, gatewayPolicies, type RoutePolicy, serviceBackend } from './policies.ts';
import { routeSelection } from './route-selection.ts';

export interface ModelEngineOptions extends Access {
  /** What the budget service decides. */
  readonly budgetService: BudgetService;
}

/**
 * Answers requests by interpreting a linked config, in the order of the gateway: token, transformations, route,
 * policies, backend, log. Throws Unknown where the config has a construct that it does not know. What a provider was
 * sent is observed in the client's own format, after overrides, defaults and masks: conversions are the gateway's.
 */
export function modelEngine(linkedConfigText: string, options: ModelEngineOptions): Engine {
  const interpret = interpretation(readConfig(linkedConfigText), options);
  return {
    name: 'model',
    run: async (request, world) => interpret(request, world),
    close: () => Promise.resolve(),
  };
}

type Interpret = (request: TestRequest, world: World) => readonly Outcome[];

interface Branch {
  readonly weight: number;
  readonly call: CallBackend | Answer;
}

interface Destination {
  readonly removedHeaders: readonly string[];
  readonly respond: ((exchange: Exchange) => Answer) | undefined;
  readonly branches: readonly Branch[];
}

/** How a request can end, and how likely it is. */
interface End extends Ended {
  readonly weight: number;
  readonly route: string | undefined;
}

function ending(answer: Answer, route?: string): readonly End[] {
  return [{ weight: 1, route, answer, calls: [], use: undefined }];
}

function interpretation(config: GatewayConfig, options: ModelEngineOptions): Interpret {
  const gateway = config.gateways['default'];
  if (gateway === undefined) throw new Unknown('the config has no gateway called default');
  const phase = gatewayPhase(gateway);
  const routed = routing(config, options);
  const observe = observation(config);
  const countsElsewhere = (config.policies ?? []).some(({ policy }) => policy.remoteRateLimit !== undefined);
  return (request, world) => {
    if (!Object.hasOwn(options.clients, request.client)) throw unlinkedClient(request.client);
    if (countsElsewhere && world.requestsBefore > 0) throw countedElsewhere();
    const exchange = begin(request, config.frontendPolicies.http.maxBufferSize);
    const unauthenticated = authenticate(gateway, exchange, options);
    // An answer before the transformations does not see those of answers either.
    if (unauthenticated !== undefined) return ending(unauthenticated).map((end) => observe(exchange, end));
    phase.onRequest(exchange);
    return routed(exchange, world).map((end) => {
      return observe(exchange, { ...end, answer: phase.onResponse(exchange, end.answer) });
    });
  };
}

/** What happens from the choice of a route on. */
function routing(
  config: GatewayConfig,
  options: ModelEngineOptions,
): (exchange: Exchange, world: World) => readonly End[] {
  const routes = config.routes.filter((route) => route.gateways === 'default');
  const backends = new Map(config.backends.map((backend) => [`/${backend.name}`, backend]));
  const destinations = new Map(routes.map((route) => [route, destination(route, config, backends)]));
  const select = routeSelection(routes);
  const policies = gatewayPolicies(config, options.budgetService);
  return (exchange, world) => {
    const route = select(exchange);
    const target = route === undefined ? undefined : destinations.get(route);
    if (route === undefined || target === undefined) return ending(plainText(404, 'route not found'));
    const refused = firstAnswer(policies.first, exchange, world);
    if (refused !== undefined) return ending(refused, route.name);
    for (const name of target.removedHeaders) exchange.headers.delete(name);
    const answer = target.respond?.(exchange) ?? firstAnswer(policies.last, exchange, world);
    if (answer !== undefined) return ending(answer, route.name);
    return target.branches.map(({ weight, call }) => {
      const ended = typeof call === 'function' ? call(exchange, world) : { answer: call, calls: [], use: undefined };
      return { ...ended, weight, route: route.name };
    });
  };
}

function firstAnswer(policies: readonly RoutePolicy[], exchange: Exchange, world: World): Answer | undefined {
  for (const policy of policies) {
    const answer = policy(exchange, world);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function observation(config: GatewayConfig): (exchange: Exchange, end: End) => Outcome {
  const log = accessLog(config, costs(config));
  return (exchange, { answer, calls, use, weight, route }) => {
    const last = calls.at(-1);
    const observed: Observation = {
      status: answer.status,
      headers: answer.headers,
      body: answer.body,
      text: answer.text,
      route,
      attempts: calls.map(({ provider }) => provider.resource),
      upstream: last === undefined ? undefined : { model: last.model, body: last.body },
      log: log(exchange, answer, use),
    };
    return { weight, observation: observed };
  };
}

type Backends = ReadonlyMap<string, GatewayConfig['backends'][number]>;

function destination(route: Route, config: GatewayConfig, backends: Backends): Destination {
  const { directResponse: direct, requestHeaderModifier: modifier, ai } = route.policies ?? {};
  for (const guard of [...(ai?.promptGuard?.request ?? []), ...(ai?.promptGuard?.response ?? [])]) {
    if ('webhook' in guard) serviceBackend(config, guard.webhook.target.backend);
  }
  return {
    removedHeaders: (modifier?.remove ?? []).map((name) => name.toLowerCase()),
    respond: direct === undefined ? undefined : directResponse(direct),
    branches: direct === undefined ? branchesOf(route, backends) : [],
  };
}

function branchesOf(route: Route, backends: Backends): readonly Branch[] {
  const drawn = (route.backends ?? []).filter(({ weight = 1 }) => weight > 0);
  if (drawn.length === 0) return [{ weight: 1, call: plainText(500, 'no valid backends') }];
  return drawn.map(({ backend, weight = 1 }) => {
    const found = backends.get(backend);
    if (found === undefined) return { weight, call: plainText(500, 'service not found') };
    if (!('ai' in found)) throw new Unknown(`the route ${route.name} leads to a backend that is no AI provider`);
    return { weight, call: backendCalls(route, found) };
  });
}
