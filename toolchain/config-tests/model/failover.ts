import { milliseconds } from '../cel/duration.ts';
import { Unknown } from '../cel/failure.ts';
import type { Value } from '../cel/value.ts';
import type { World } from '../engine.ts';
import { type Attempt, type AttemptAt, attempts, type LlmUse } from './attempt.ts';
import type { Call } from './call.ts';
import type { AiBackend, Route } from './config.ts';
import { type Answer, type Exchange, headersOf, holds, plainText, proxyOf, responseOf } from './exchange.ts';
import { type Provider, providerOf } from './providers.ts';
import { cel } from './vocabulary.ts';

/** How a request to a backend ended, and whom it reached on the way. */
export interface Ended {
  readonly answer: Answer;
  readonly calls: readonly Call[];
  /** Of the last provider that answered anything. */
  readonly use: LlmUse | undefined;
}

export type CallBackend = (exchange: Exchange, world: World) => Ended;

/** Bodies above this are never sent twice: the gateway has no setting for it. */
const replayedBytes = 65_536;

/** What the config says about the attempts of one route at one backend. Times in milliseconds. */
interface Plan {
  readonly attemptAt: AttemptAt;
  readonly groups: readonly [Provider, ...Provider[]];
  readonly health: Health | undefined;
  readonly retry: NonNullable<Route['policies']>['retry'];
  readonly attemptLimit: number;
  readonly requestLimit: number;
}

/**
 * Attempts at the groups of a backend. The first group that is not set aside is asked, anew for every attempt; only a
 * health policy ever sets one aside, for a while, and if all are, the first is asked again.
 */
export function backendCalls(route: Route, backend: AiBackend): CallBackend {
  const { ai, retry, timeout } = route.policies ?? {};
  if (ai === undefined) throw new Unknown(`the route ${route.name} has providers and no ai policy`);
  const [first, ...others] = backend.ai.groups.flatMap(({ providers }) => providers.map(providerOf));
  if (first === undefined) throw new Unknown(`the backend ${backend.name} has no provider`);
  const plan: Plan = {
    attemptAt: attempts(ai),
    groups: [first, ...others],
    health: healthOf(backend),
    retry,
    attemptLimit: limitOf(timeout?.backendRequestTimeout),
    requestLimit: limitOf(timeout?.requestTimeout),
  };
  return (exchange, world) => callInTurn(plan, exchange, world);
}

function limitOf(duration: string | undefined): number {
  return duration === undefined ? Number.POSITIVE_INFINITY : milliseconds(duration);
}

function callInTurn(plan: Plan, exchange: Exchange, world: World): Ended {
  const { groups, health, retry, attemptLimit, requestLimit } = plan;
  const aside = new Map<Provider, { readonly until: number; readonly times: number }>();
  const calls: Call[] = [];
  let use: LlmUse | undefined;
  let now = 0;
  for (let number = 0; ; number++) {
    const provider = groups.find((candidate) => (aside.get(candidate)?.until ?? 0) <= now) ?? groups[0];
    const attempt = plan.attemptAt(provider, exchange, world);
    if (attempt.call !== undefined) calls.push(attempt.call);
    use = attempt.use ?? use;
    now += durationOf(attempt, Math.min(attemptLimit, requestLimit - now));
    if (attempt.lasted !== 'a moment' && now >= requestLimit) return { answer: requestTimeout, calls, use };
    const isUnhealthy = health?.isUnhealthy(attempt, exchange) === true;
    if (isUnhealthy && world.requestsBefore > 0) {
      throw new Unknown('requests before this one have set failing targets aside, for how long is a matter of time');
    }
    const isLast = number >= (retry?.attempts ?? 0) || bodyBytes(exchange) > replayedBytes;
    if (isLast || retry === undefined || !isRetried(attempt, retry.codes))
      return { answer: attempt.answer, calls, use };
    if (health !== undefined && isUnhealthy) {
      // Longer each time until it has answered well.
      const times = (aside.get(provider)?.times ?? 0) + 1;
      aside.set(provider, { until: now + health.aside * times, times });
    }
    now += milliseconds(retry.backoff);
    if (now >= requestLimit) return { answer: requestTimeout, calls, use };
  }
}

function isRetried({ retry, answer }: Attempt, codes: readonly number[]): boolean {
  return retry === 'always' || (retry === 'by status' && codes.includes(answer.status));
}

const requestTimeout = plainText(504, 'request timeout');

function durationOf({ lasted }: Attempt, limit: number): number {
  if (lasted === 'a moment') return 0;
  if (limit === Number.POSITIVE_INFINITY) throw new Unknown('a slow provider behind a route without a timeout');
  return limit;
}

function bodyBytes({ request }: Exchange): number {
  return Buffer.byteLength(request.body ?? '');
}

interface Health {
  /** Milliseconds. */
  readonly aside: number;
  isUnhealthy(attempt: Attempt, exchange: Exchange): boolean;
}

function healthOf({ policies }: AiBackend): Health | undefined {
  if (policies === undefined) return undefined;
  const { eviction, unhealthyExpression } = policies.health;
  const expression = unhealthyExpression === undefined ? undefined : cel(unhealthyExpression, 'attempt');
  return {
    aside: milliseconds(eviction.duration),
    isUnhealthy: (attempt, exchange) =>
      expression === undefined ? failed(attempt) : holds(expression, seenAfter(attempt, exchange)),
  };
}

function failed({ retry, answer }: Attempt): boolean {
  return retry === 'always' || answer.status >= 500;
}

/** A failed connection has no status, and what the gateway answered by itself took no time of a provider. */
function seenAfter({ call, retry, answer }: Attempt, exchange: Exchange): ReadonlyMap<string, Value> {
  const variables = new Map(exchange.variables).set('proxy', proxyOf(call !== undefined));
  return variables.set('response', retry === 'always' ? new Map() : responseOf(answer.status, headersOf(answer)));
}
