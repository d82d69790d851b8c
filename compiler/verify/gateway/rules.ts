import { clientFormatOf } from '../../../contract/budget-service.ts';
import type { ResolvedBranch, ResolvedCase } from '../../resolve/model.ts';
import type { Behaviour, Entitlement } from './behaviour.ts';
import type { Route } from './config.ts';
import { routeTypes } from './conversion.ts';
import { conditionForm, ruleHeader } from './forms.ts';
import { guardViolations } from './guards.ts';
import type { MatchedRoute } from './route-index.ts';
import { same, shown } from './same.ts';
import { type Law, named, type Subject } from './subject.ts';
import { branchViolations } from './targets.ts';
import { activeTenants } from './tenants.ts';

/** A behaviour and what a message says about who asked for it. */
interface Proof {
  readonly subject: Subject;
  readonly rule: string;
  readonly behaviour: Behaviour;
  readonly who: string;
}

/** Every rule that a tenant reaches does what the profile, the guardrails and the residency of this tenant ask for. */
export const rules: Law = function* (subject) {
  const proven = new Map<string, Set<Behaviour>>();
  const seen = new Map<string, Set<Entitlement>>();
  for (const [tenant, id] of activeTenants(subject)) {
    const entitlement = subject.entitlements.of(tenant);
    const of = subject.decision.rules.get(id);
    const known = seen.get(id) ?? new Set();
    if (of === undefined || known.has(entitlement)) continue;
    seen.set(id, known.add(entitlement));
    for (const [name, rule] of of) {
      const behaviour = entitlement.behaviours.get(name);
      const done = proven.get(rule) ?? new Set();
      if (behaviour === undefined || done.has(behaviour)) continue;
      proven.set(rule, done.add(behaviour));
      yield* ruleViolations({ subject, rule, behaviour, who: `${named(tenant.resource)}, model ${name}` });
    }
  }
  for (const decision of subject.routes.decisions()) {
    if (decision === '*' || decision === '' || decision.startsWith('!') || proven.has(decision)) continue;
    yield `agentgateway.json: routes serve ${decision}, a rule that no tenant reaches`;
  }
};

function* ruleViolations(proof: Proof): Iterable<string> {
  const { subject, rule, behaviour, who } = proof;
  const served = subject.routes.paths(rule);
  for (const path of served.keys()) {
    if (!behaviour.paths.includes(path))
      yield `agentgateway.json: rule ${rule} is served on ${path}, which not all of its targets can serve (${who})`;
  }
  const checked = new Set<Route>();
  for (const path of behaviour.paths) {
    const matched = served.get(path) ?? [];
    if (matched.length !== behaviour.cases.length) {
      yield `agentgateway.json: ${matched.length} routes serve rule ${rule} on ${path} instead of ${behaviour.cases.length} (${who})`;
      continue;
    }
    for (const [index, found] of matched.entries()) {
      const routeCase = behaviour.cases[index];
      if (routeCase === undefined) continue;
      yield* conditionViolations(proof, found, routeCase);
      yield* guardViolations(subject, found.route, behaviour.guardrails, clientFormatOf(path), `${path}, ${who}`);
      if (checked.has(found.route)) continue;
      checked.add(found.route);
      for (const violation of routeViolations(subject, found.route, behaviour, routeCase))
        yield `agentgateway.json: route ${found.route.name} ${violation} (${who}, ${behaviour.profile.resource.file})`;
    }
  }
}

/** The case that comes first in the profile is the one that the gateway tries first, under the case's own condition. */
function* conditionViolations(
  { subject, who }: Proof,
  { route, match }: MatchedRoute,
  { when }: ResolvedCase,
): Iterable<string> {
  const set = subject.config.gateways['default']?.transformations?.request?.set ?? {};
  const conditions = (match.headers ?? []).filter(({ name }) => name !== ruleHeader);
  const place = `agentgateway.json: route ${route.name} on ${match.path?.exact}`;
  if (match.method !== undefined) yield `${place} has a method (${who})`;
  if (when === undefined) {
    if (conditions.length > 0) yield `${place} has a condition where everything is taken (${who})`;
    return;
  }
  const [condition] = conditions;
  const means = condition?.value?.exact === '1' ? set[condition.name] : undefined;
  if (conditions.length !== 1 || means !== conditionForm(when))
    yield `${place} is taken when ${means ?? 'nothing says so'}, not when ${shown(when)} (${who})`;
}

function* routeViolations(
  subject: Subject,
  route: Route,
  behaviour: Behaviour,
  routeCase: ResolvedCase,
): Iterable<string> {
  for (const [what, actual, expected] of settings(route, behaviour, routeCase)) {
    if (!same(actual, expected)) yield `has ${what} ${shown(actual)} instead of ${shown(expected)}`;
  }
  yield* weightViolations(route, routeCase.branches);
  for (const [index, branch] of routeCase.branches.entries()) {
    const reference = route.backends?.[index]?.backend;
    for (const violation of branchViolations(subject, reference, branch))
      yield `goes to ${reference}, which ${violation}`;
  }
}

function* settings(
  route: Route,
  { profile, routed }: Behaviour,
  { branches }: ResolvedCase,
): Iterable<readonly [string, unknown, unknown]> {
  const { policies = {} } = route;
  const { request, attempt } = profile.timeouts;
  yield ['timeout', policies.timeout, { requestTimeout: request, backendRequestTimeout: attempt }];
  yield ['retry', policies.retry, retryOf(branches)];
  yield ['ai.routes', policies.ai?.routes, routeTypes];
  yield ['ai.transformations', policies.ai?.transformations, transformationsForm(route)];
  const caching = profile.promptCaching;
  yield ['ai.promptCaching', policies.ai?.promptCaching, caching && cachingOf(caching)];
  yield ['ai.defaults', policies.ai?.defaults ?? {}, routed.parameters.defaults];
  yield ['ai.overrides', policies.ai?.overrides ?? {}, routed.parameters.overrides];
}

/**
 * What a client may not decide on a path: to get a stream without usage, or an answer that comes later. And request
 * guards do not read `instructions`: on a guarded Responses path they are moved to where guards look.
 */
function transformationsForm({ policies, matches }: Route): unknown {
  const serves = (exact: string) => matches?.some(({ path }) => path?.exact === exact) === true;
  const fields = {
    ...(serves('/v1/chat/completions') ? { stream_options: streamUsageForm } : {}),
    ...(serves('/v1/responses') ? { background: 'fail("every answer is counted")' } : {}),
    ...(serves('/v1/responses') && policies?.ai?.promptGuard?.request !== undefined ? instructionsForms : {}),
  };
  return Object.keys(fields).length === 0 ? undefined : fields;
}

const streamUsageForm =
  'request.path == "/v1/chat/completions" && llmRequest.stream == true ? {"include_usage": true} : fail("no stream of chat")';

const instructionsForms = {
  input:
    'has(llmRequest.instructions) && type(llmRequest.instructions) == string ? [{"type": "message", "role": "system", "content": llmRequest.instructions}]' +
    ' + (type(llmRequest.input) == string ? [{"type": "message", "role": "user", "content": llmRequest.input}] : llmRequest.input) : llmRequest.input',
  instructions: 'fail("moved into the input")',
};

function cachingOf({ system, messages, tools, minTokens }: NonNullable<Behaviour['profile']['promptCaching']>) {
  return { cacheSystem: system, cacheMessages: messages, cacheTools: tools, minTokens };
}

/** `attempts` counts retries. All branches of a route share one policy, so the longest decides. */
function retryOf(branches: readonly ResolvedBranch[]): unknown {
  const failing = branches.flatMap(({ targets, failover }) =>
    targets.length > 1 && failover !== undefined ? [{ failover, retries: failover.retries ?? targets.length - 1 }] : [],
  );
  const [first] = failing;
  if (first === undefined) return undefined;
  return {
    attempts: Math.max(...failing.map(({ retries }) => retries)),
    backoff: first.failover.backoff,
    codes: first.failover.statuses,
  };
}

/** The gateway draws one backend by weight; a single one needs none. */
function* weightViolations({ backends = [] }: Route, branches: readonly ResolvedBranch[]): Iterable<string> {
  const expected = branches.map(({ weight }) => weight);
  const actual = backends.map(({ weight }) => weight ?? 1);
  const single = expected.length === 1 && actual.length === 1 && (actual[0] ?? 0) > 0;
  if (!single && !same(actual, expected)) yield `splits ${shown(actual)} instead of ${shown(expected)}`;
}
