import type { Artifacts } from '../../contract/artifacts/artifacts.ts';
import type { DecisionTable } from '../../contract/artifacts/decision-table.ts';
import type { Task } from '../../contract/artifacts/task.ts';

/** The parts of agentgateway's config that are read here. */
interface GatewayConfig {
  readonly gateways: Readonly<Record<string, { readonly jwtAuth?: { readonly mode?: string } }>>;
  readonly routes: readonly Route[];
  readonly backends: readonly {
    readonly name: string;
    readonly ai?: { readonly groups: readonly unknown[] };
    readonly policies?: { readonly health?: unknown };
  }[];
}

interface Route {
  readonly name: string;
  readonly gateways: string;
  readonly matches?: readonly Match[];
  readonly policies?: {
    readonly retry?: { readonly codes?: unknown; readonly backoff?: unknown };
    readonly ai?: { readonly routes?: unknown };
    readonly requestHeaderModifier?: { readonly remove?: readonly string[] };
  };
  readonly backends?: readonly { readonly backend: string; readonly weight?: number }[];
}

interface Match {
  readonly path: { readonly exact?: string };
  readonly method?: string;
  readonly headers?: readonly { readonly name: string; readonly value: { readonly exact?: string } }[];
}

const ruleHeader = 'x-gw-rule';

/** What the decision may say instead of a rule. */
const denials = ['!json', '!large', '!model', '!suspended', '!tenant', '!token'];

/** What agentgateway accepts without a word and then gets wrong. */
export function* gatewayViolations(artifacts: Artifacts): Iterable<string> {
  const text = artifacts['agentgateway.json'];
  const config = JSON.parse(text) as GatewayConfig;
  const table = JSON.parse(artifacts['decision-table.json']) as DecisionTable;
  yield* dollarViolations(text, JSON.parse(artifacts['task.json']) as Task);
  yield* routeViolations(config.routes);
  yield* backendViolations(config);
  yield* tableViolations(table, config.routes);
  yield* denialViolations(table, config.routes);
  if (config.gateways['default']?.jwtAuth?.mode !== 'strict') yield 'agentgateway.json: jwtAuth is not strict';
}

/** Every dollar sign is doubled, but for references to variables that the task really sets. */
function* dollarViolations(text: string, task: Task): Iterable<string> {
  const variables = new Set(task.containers.flatMap((c) => [...Object.keys(c.secrets), ...Object.keys(c.environment)]));
  for (const [dollar, name] of text.matchAll(/\$\$|\$\{(\w+)\}|\$/g)) {
    if (dollar === '$$') continue;
    if (name === undefined) yield 'agentgateway.json: a single dollar sign would be expanded by the gateway';
    else if (!variables.has(name)) yield `agentgateway.json: \${${name}} is not set in the task`;
  }
}

function* routeViolations(routes: readonly Route[]): Iterable<string> {
  const names = new Set<string>();
  for (const route of routes) {
    const key = `${route.gateways}/${route.name}`;
    if (names.has(key)) yield `agentgateway.json: two routes are named ${key}; the gateway keeps one`;
    names.add(key);
    for (const match of route.matches ?? []) {
      if (match.path.exact === undefined) yield `agentgateway.json: route ${key} matches no exact path`;
      if (match.method !== undefined && match.method !== 'GET')
        yield `agentgateway.json: route ${key} has a method, which outranks every denial`;
    }
    if (route.backends === undefined) continue;
    if (route.policies?.ai?.routes === undefined)
      yield `agentgateway.json: route ${key} has no explicit map of route types`;
    if (!route.policies?.requestHeaderModifier?.remove?.includes(ruleHeader))
      yield `agentgateway.json: route ${key} sends ${ruleHeader} to the provider`;
    const retry = route.policies?.retry;
    if (retry !== undefined && (retry.codes === undefined || retry.backoff === undefined)) {
      yield `agentgateway.json: route ${key} retries without codes or backoff`;
    }
  }
}

function* backendViolations(config: GatewayConfig): Iterable<string> {
  const backends = new Map(config.backends.map((backend) => [`/${backend.name}`, backend]));
  if (backends.size !== config.backends.length) yield 'agentgateway.json: two backends have one name';
  for (const route of config.routes) {
    for (const { backend } of route.backends ?? []) {
      const found = backends.get(backend);
      if (found === undefined)
        yield `agentgateway.json: route ${route.name} names backend ${backend}, which does not exist`;
    }
  }
  for (const backend of config.backends) {
    if ((backend.ai?.groups.length ?? 0) > 1 && backend.policies?.health === undefined) {
      yield `agentgateway.json: backend ${backend.name} has several groups but no health policy: it would never fail over`;
    }
  }
}

/** Each tenant's entry leads to a route for each model that it may use, on each path that the rule serves; no rule looks like a denial. */
function* tableViolations(table: DecisionTable, routes: readonly Route[]): Iterable<string> {
  const served = new Set<string>();
  for (const route of routes) {
    for (const match of route.matches ?? []) {
      const rule = decisionOf(match);
      if (rule !== undefined && route.backends !== undefined) served.add(`${rule} ${match.path.exact}`);
    }
  }
  for (const [name, tenant] of Object.entries(table.tenants)) {
    if (!tenant.class.startsWith('!') && !Object.hasOwn(table.classes, tenant.class)) {
      yield `decision-table.json: tenant ${name} points to class ${tenant.class}, which does not exist`;
    }
  }
  for (const [id, entry] of Object.entries(table.classes)) {
    for (const [model, rule] of Object.entries(entry.models)) {
      if (!Object.hasOwn(table.rules, rule))
        yield `decision-table.json: ${id}/${model} points to rule ${rule}, which does not exist`;
    }
  }
  for (const [id, rule] of Object.entries(table.rules)) {
    if (id.startsWith('!')) yield `decision-table.json: rule ${id} looks like a denial`;
    for (const path of rule.surfaces) {
      if (!served.delete(`${id} ${path}`)) yield `agentgateway.json: no route serves rule ${id} on ${path}`;
    }
  }
  for (const extra of served) yield `agentgateway.json: a route serves ${extra}, which the table does not have`;
}

/** Each denial, and whatever nothing else took, is answered on every path by one route without a method. */
function* denialViolations(table: DecisionTable, routes: readonly Route[]): Iterable<string> {
  for (const path of [...Object.keys(table.surfaces), '/v1/models']) {
    for (const decision of [...denials, undefined]) {
      const answers = (match: Match) =>
        match.path.exact === path && match.method === undefined && decisionOf(match) === decision;
      const answering = routes.filter((route) => route.backends === undefined && route.matches?.some(answers));
      if (answering.length === 1) continue;
      yield `agentgateway.json: ${answering.length} routes answer ${decision ?? 'what no other route takes'} on ${path}`;
    }
  }
}

function decisionOf(match: Match): string | undefined {
  return match.headers?.find((header) => header.name === ruleHeader)?.value.exact;
}
