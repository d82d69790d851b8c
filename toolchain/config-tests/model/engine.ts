import { Unknown } from '../cel/failure.ts';
import type { Engine, Observation, Outcome, TestRequest, World } from '../engine.ts';
import { type Access, authenticate } from './authentication.ts';
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
    refuses(request, world) {
      if (!Object.hasOwn(options.clients, request.client)) return `no app client ${request.client} was linked`;
      try {
        interpret(request, world);
        return undefined;
      } catch (error) {
        if (error instanceof Unknown) return error.message;
        throw error;
      }
    },
    run: (request, world) => Promise.resolve(interpret(request, world)),
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
}

function ending(answer: Answer): readonly End[] {
  return [{ weight: 1, answer, calls: [], use: undefined }];
}

function interpretation(config: GatewayConfig, options: ModelEngineOptions): Interpret {
  const gateway = config.gateways['default'];
  if (gateway === undefined) throw new Unknown('the config has no gateway called default');
  const phase = gatewayPhase(gateway);
  const routed = routing(config, options);
  const observe = observation(config);
  const countsElsewhere = (config.policies ?? []).some(({ policy }) => policy.remoteRateLimit !== undefined);
  return (request, world) => {
    if (countsElsewhere && world.requestsBefore > 0) {
      throw new Unknown('limits are counted by a rate-limit service, and none runs beside the tests');
    }
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
    if (target === undefined) return ending(plainText(404, 'route not found'));
    const refused = firstAnswer(policies.first, exchange, world);
    if (refused !== undefined) return ending(refused);
    for (const name of target.removedHeaders) exchange.headers.delete(name);
    const answer = target.respond?.(exchange) ?? firstAnswer(policies.last, exchange, world);
    if (answer !== undefined) return ending(answer);
    return target.branches.map(({ weight, call }) => {
      return typeof call === 'function'
        ? { ...call(exchange, world), weight }
        : { answer: call, calls: [], use: undefined, weight };
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
  return (exchange, { answer, calls, use, weight }) => {
    const last = calls.at(-1);
    const observed: Observation = {
      status: answer.status,
      headers: answer.headers,
      body: answer.body,
      text: answer.text,
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
