import type { Route } from './config.ts';
import { ruleHeader } from './forms.ts';
import type { MatchedRoute } from './route-index.ts';
import { byPrecedence } from './route-index.ts';
import { same } from './same.ts';
import { type Law, named, type Subject } from './subject.ts';

/** Routes by shape: what the gateway accepts without a word and then takes for something else. */
export const routes: Law = function* (subject) {
  const { config } = subject;
  const names = new Set<string>();
  for (const route of config.routes) {
    const key = `${route.gateways}/${route.name}`;
    if (route.name === undefined) yield `agentgateway.json: a route has no name (${named(subject.model.environment)})`;
    if (names.has(key)) yield `agentgateway.json: two routes are named ${key}; the gateway keeps one`;
    names.add(key);
    yield* shapeViolations(key, route);
    if (route.backends !== undefined) yield* headerViolations(subject, key, route);
  }
  yield* tieViolations(subject);
  yield* opsViolations(subject);
};

/** One route takes whatever is no surface. Every other has exact paths: no number of headers outranks those, or a method. */
function* shapeViolations(key: string, { name, gateways, matches, policies, backends }: Route): Iterable<string> {
  if (
    matches === undefined &&
    gateways === 'default' &&
    backends === undefined &&
    policies?.directResponse?.status === 404
  )
    return;
  if (matches === undefined || matches.length === 0) yield `agentgateway.json: route ${key} takes every path`;
  for (const { path, method, headers = [] } of matches ?? []) {
    // The gateway ranks by the number of headers, so one that is named twice wins where it should not.
    if (new Set(headers.map((header) => header.name)).size !== headers.length)
      yield `agentgateway.json: route ${key} matches on one header twice`;
    if (path?.exact === undefined) yield `agentgateway.json: route ${key} matches no exact path`;
    if (method !== undefined && name !== 'models')
      yield `agentgateway.json: route ${key} has a method, which outranks every denial`;
  }
  if (backends === undefined && policies?.directResponse === undefined)
    yield `agentgateway.json: route ${key} has neither backends nor an answer`;
}

/** What a route matches on is set on every request, so that no client can; and no provider sees it. */
function* headerViolations({ config }: Subject, key: string, route: Route): Iterable<string> {
  const set = config.gateways['default']?.transformations?.request?.set ?? {};
  const removed = new Set(route.policies?.requestHeaderModifier?.remove);
  for (const name of new Set([ruleHeader, ...Object.keys(set).filter((header) => !header.startsWith(':'))])) {
    if (!removed.has(name)) yield `agentgateway.json: route ${key} sends ${name} to the provider`;
  }
  for (const name of new Set(
    (route.matches ?? []).flatMap(({ headers = [] }) => headers.map((header) => header.name)),
  )) {
    if (set[name] === undefined) yield `agentgateway.json: route ${key} matches on ${name}, which a client may set`;
  }
}

/**
 * Of matches that the gateway cannot rank, the name decides: then both are cases of one rule, numbered in their order.
 * They may even be equal: where residency takes the first from some tenants, the second is theirs.
 */
function* tieViolations({ routes: index }: Subject): Iterable<string> {
  for (const decision of index.decisions()) {
    for (const [path, matched] of index.paths(decision)) {
      if (matched.length < 2) continue;
      for (const [at, later] of matched.entries()) {
        for (const earlier of matched.slice(0, at)) {
          if (tie(earlier, later))
            yield `agentgateway.json: routes ${earlier.route.name} and ${later.route.name} tie on ${path} (${decision})`;
        }
      }
    }
  }
}

function tie(a: MatchedRoute, b: MatchedRoute): boolean {
  const [first, second] = [headersOf(a), headersOf(b)];
  if (first.size !== second.size || a.match.method !== b.match.method) return false;
  const contradict = [...first].some(([name, value]) => second.has(name) && second.get(name) !== value);
  if (contradict) return false;
  const [one, other] = [caseOf(a.route.name), caseOf(b.route.name)];
  const ordered = one !== undefined && one.rule === other?.rule && one.number < other.number && byPrecedence(a, b) < 0;
  return !ordered;
}

function headersOf({ match }: MatchedRoute): Map<string, string | undefined> {
  return new Map((match.headers ?? []).map(({ name, value }) => [name, value?.exact]));
}

/** `<rule>-NN`, with the clients' format behind it where the rule has guards. */
function caseOf(name: string): { readonly rule: string; readonly number: number } | undefined {
  const [, rule, number, format = ''] = /^(.*)-(\d\d)(\.openai|\.anthropic)?$/.exec(name) ?? [];
  return rule === undefined ? undefined : { rule: rule + format, number: Number(number) };
}

/** The ops port says which release runs and nothing else: nobody is asked who he is there. */
function* opsViolations({ config, model }: Subject): Iterable<string> {
  for (const { name, gateways, matches, backends, policies } of config.routes) {
    if (gateways === 'default') continue;
    const release = matches?.length === 1 && matches[0]?.path?.exact === '/release';
    if (
      gateways !== 'ops' ||
      !release ||
      backends !== undefined ||
      !same(policies, { directResponse: { status: 200, body: '@{release}' } })
    )
      yield `agentgateway.json: route ${gateways}/${name} says more than the release (${named(model.environment)})`;
  }
  if (!config.routes.some(({ gateways }) => gateways === 'ops'))
    yield `agentgateway.json: no route of the ops port says the release (${named(model.environment)})`;
}
