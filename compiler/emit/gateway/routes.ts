import type { DecisionTable, RouteCase, Rule } from '../../../contract/artifacts/decision-table.ts';
import { sortedKeys } from '../../../contract/canonical.ts';
import { surfaces } from '../../table/surfaces.ts';
import { backendName } from './backends.ts';
import { modelList, ruleHeader } from './decision.ts';
import { jsonResponse, modelsPath } from './denials.ts';
import type { GatewayObject } from './value.ts';

export interface RuleRoute {
  readonly rule: string;
  readonly route: GatewayObject;
}

/** One route per case of a rule; `-00`, `-01` … is the order in which the gateway tries them. */
export function ruleRoutes(table: DecisionTable): RuleRoute[] {
  return sortedKeys(table.rules).flatMap((id) => {
    const rule = table.rules[id];
    if (rule === undefined) return [];
    return rule.cases.map((routeCase, index) => ({ rule: id, route: ruleRoute(id, rule, routeCase, index) }));
  });
}

function ruleRoute(id: string, rule: Rule, routeCase: RouteCase, index: number): GatewayObject {
  return {
    name: `${id}-${String(index).padStart(2, '0')}`,
    gateways: 'default',
    matches: rule.surfaces.map((path) => ({
      path: { exact: path },
      headers: [{ name: ruleHeader, value: { exact: id } }],
    })),
    policies: {
      requestHeaderModifier: { remove: [ruleHeader] },
      timeout: { requestTimeout: rule.timeouts.request, backendRequestTimeout: rule.timeouts.attempt },
      ...retryPolicy(routeCase),
      ai: aiPolicy(rule),
    },
    backends: backends(routeCase),
  };
}

function retryPolicy({ retry }: RouteCase): GatewayObject {
  if (retry === null) return {};
  return { retry: { attempts: retry.retries, backoff: retry.backoff, codes: retry.statuses } };
}

/** Always with the explicit map: without it the gateway takes every path for chat completions. */
function aiPolicy(rule: Rule): GatewayObject {
  const { defaults, overrides } = rule.parameters;
  const caching = rule.promptCaching;
  return {
    routes: Object.fromEntries(sortedKeys(surfaces).map((path) => [path, surfaces[path]?.routeType ?? ''])),
    ...(caching === null
      ? {}
      : {
          promptCaching: {
            cacheSystem: caching.system,
            cacheMessages: caching.messages,
            cacheTools: caching.tools,
            minTokens: caching.minTokens,
          },
        }),
    ...(Object.keys(defaults).length === 0 ? {} : { defaults }),
    ...(Object.keys(overrides).length === 0 ? {} : { overrides }),
  };
}

function backends({ branches }: RouteCase): GatewayObject[] {
  const weighted = branches.length > 1;
  return branches.map((branch) => {
    const backend = `/${backendName(branch)}`;
    return weighted ? { weight: branch.weight, backend } : { backend };
  });
}

/** The one route with a method: it applies only where the decision is neither a rule nor a denial. */
export function modelsRoute(table: DecisionTable): GatewayObject {
  return {
    name: 'models',
    gateways: 'default',
    matches: [{ path: { exact: modelsPath }, method: 'GET', headers: [{ name: ruleHeader, value: { exact: '' } }] }],
    policies: { directResponse: jsonResponse(200, modelList(table)) },
  };
}
