import type { Json } from '../../../contract/canonical.ts';
import { settled } from '../cel/compiled.ts';
import { milliseconds } from '../cel/duration.ts';
import type { Expression } from '../cel/expression.ts';
import { Unknown } from '../cel/failure.ts';
import { kept } from '../cel/json.ts';
import type { Key, Value } from '../cel/value.ts';
import type { World } from '../engine.ts';
import type { ExtAuthz, GatewayConfig, HostBackend, Policy } from './config.ts';
import { directResponse } from './direct-response.ts';
import { type Answer, bodyOf, type Exchange, evaluated, holds, parsed, plainText } from './exchange.ts';
import { cel, named } from './vocabulary.ts';

/** What the budget service answers to a question, in a world. Both are JSON as they go over the wire. */
export type BudgetService = (
  question: Json,
  spent: World['spent'],
) => { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Json };

/** A policy of the gateway in the route phase: an answer instead of the route, or undefined. */
export type RoutePolicy = (exchange: Exchange, world: World) => Answer | undefined;

/** In the order in which the gateway applies them, whatever the order in the config. */
interface GatewayPolicies {
  readonly first: readonly RoutePolicy[];
  /** Answers in the place of those routes that have none of their own. */
  readonly last: readonly RoutePolicy[];
}

export function gatewayPolicies(config: GatewayConfig, budgetService: BudgetService): GatewayPolicies {
  const policies = (config.policies ?? []).map(({ policy }) => policy);
  return {
    first: [...policies.flatMap((policy) => budget(policy, config, budgetService)), ...policies.flatMap(localLimit)],
    last: policies.flatMap(answer),
  };
}

function answer({ directResponse: responses }: Policy): RoutePolicy[] {
  if (responses === undefined) return [];
  const entries = conditional(
    responses.conditional.map(({ condition, ...response }) => ({ condition, respond: directResponse(response) })),
  );
  return [(exchange) => selected(entries, exchange)?.respond(exchange)];
}

interface Conditional<T> {
  readonly condition: Expression | undefined;
  readonly entry: T;
}

function conditional<T extends { readonly condition?: string | undefined }>(entries: readonly T[]): Conditional<T>[] {
  return entries.map((entry) => ({
    condition: entry.condition === undefined ? undefined : cel(entry.condition),
    entry,
  }));
}

function selected<T>(entries: readonly Conditional<T>[], { variables }: Exchange): T | undefined {
  return entries.find(({ condition }) => condition === undefined || holds(condition, variables))?.entry;
}

function budget({ extAuthz }: Policy, config: GatewayConfig, service: BudgetService): RoutePolicy[] {
  if (extAuthz === undefined) return [];
  const entries = conditional(extAuthz.conditional);
  const prepared = new Map(
    extAuthz.conditional.map((entry) => [entry, { ask: question(entry, config), mark: marks(entry) }] as const),
  );
  const policy: RoutePolicy = (exchange, world) => {
    const entry = selected(entries, exchange);
    const parts = entry === undefined ? undefined : prepared.get(entry);
    if (entry === undefined || parts === undefined) return undefined;
    const answered = budgetAnswer(entry, parts.ask(exchange), world, service);
    if (answered === 'allowed') parts.mark(exchange);
    return typeof answered === 'object' ? answered : undefined;
  };
  return [policy];
}

const failed: Answer = plainText(403, 'external authorization failed');

function budgetAnswer(
  { failureMode }: ExtAuthz,
  asked: Json | undefined,
  { budgetService, spent }: World,
  service: BudgetService,
): Answer | 'allowed' | 'let pass' {
  if (asked === undefined) return failed;
  if (budgetService === 'down' || budgetService === 'slow') {
    if (failureMode === 'allow') return 'let pass';
    if (failureMode === 'deny') return failed;
    const error = budgetService === 'slow' ? 'upstream call timeout' : 'upstream call failed';
    return { status: failureMode.denyWithStatus, headers: {}, body: error };
  }
  // Every answer that is no success goes to the client as it is, whatever the failure mode.
  const answer =
    budgetService === 'ok' || budgetService === 200
      ? service(asked, spent)
      : {
          status: budgetService,
          headers: { 'content-type': 'application/json' },
          body: { error: `the budget service answered ${budgetService}` },
        };
  return answer.status >= 200 && answer.status < 300 ? 'allowed' : answer;
}

/** What a good answer leaves for later expressions; where the service was not reached nothing is left. */
function marks({ protocol }: ExtAuthz): (exchange: Exchange) => void {
  const { metadata } = protocol.http;
  const computed = named(metadata);
  return ({ variables }) => {
    if (metadata === undefined) return;
    const values = computed.flatMap(([name, expression]): [Key, Value][] => {
      const value = evaluated(expression, variables);
      return value === undefined ? [] : [[name, kept(value)]];
    });
    variables.set('extauthz', new Map(values));
  };
}

/** What is asked, and undefined where it cannot be computed. */
function question(entry: ExtAuthz, config: GatewayConfig): (exchange: Exchange) => Json | undefined {
  serviceBackend(config, entry.backend);
  const { path, body, addRequestHeaders } = entry.protocol.http;
  const parts = [cel(path), cel(body)] as const;
  // Not needed to answer, but an expression that is not known here would not be known to be right.
  for (const source of [...(entry.cache?.key ?? []), ...(entry.cache === undefined ? [] : [entry.cache.ttl])])
    cel(source);
  named(addRequestHeaders);
  return ({ variables }) => {
    const [where, what] = parts.map((part) => settled(() => bodyOf(part.evaluate(variables))).value);
    return where === undefined || what === undefined ? undefined : parsed(what);
  };
}

/** The host behind a reference. A reference without its slash is valid and leads nowhere. */
export function serviceBackend(config: GatewayConfig, reference: string): HostBackend {
  const found = config.backends.find((backend) => `/${backend.name}` === reference);
  if (found === undefined || !('host' in found)) throw new Unknown(`no service is behind the backend ${reference}`);
  return found;
}

/** One bucket per entry; it is full before the first of the requests. */
function localLimit({ localRateLimit }: Policy): RoutePolicy[] {
  if (localRateLimit === undefined) return [];
  const entries = conditional(localRateLimit.conditional);
  const policy: RoutePolicy = (exchange, { requestsBefore }) => {
    const limit = selected(entries, exchange);
    if (limit === undefined || requestsBefore < limit.maxTokens) return undefined;
    return plainText(429, 'rate limit exceeded', {
      'x-ratelimit-limit': String(limit.maxTokens),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(milliseconds(limit.fillInterval) / 1000) - 1),
    });
  };
  return [policy];
}
