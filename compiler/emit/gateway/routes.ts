import {
  clientFormats,
  type DecisionTable,
  type RouteCase,
  type Rule,
} from '../../../contract/artifacts/decision-table.ts';
import { sortedKeys } from '../../../contract/canonical.ts';
import type { Model } from '../../resolve/model.ts';
import { surfaces } from '../../table/surfaces.ts';
import { backendName } from './backends.ts';
import { conditionHeader, conditionHeaders } from './conditions.ts';
import { modelList, ruleHeader } from './decision.ts';
import { jsonResponse, modelsPath } from './denials.ts';
import { guardedInstructions, promptGuard } from './guards.ts';
import type { GatewayObject } from './value.ts';

export interface RuleRoute {
  readonly rule: string;
  readonly route: GatewayObject;
}

/**
 * One route per case of a rule; `-00`, `-01` … is the order in which the gateway tries them. A guard has one text for its
 * rejections, so a guarded rule has its routes once for each format of clients.
 */
export function ruleRoutes(table: DecisionTable, model: Model): RuleRoute[] {
  const internalHeaders = [ruleHeader, ...conditionHeaders(table).map(([header]) => header)];
  return sortedKeys(table.rules).flatMap((id) => {
    const rule = table.rules[id];
    if (rule === undefined) return [];
    return rule.cases.flatMap((routeCase, index) =>
      variants(rule, model).map(({ suffix, paths, guard }): RuleRoute => {
        const name = `${id}-${String(index).padStart(2, '0')}${suffix}`;
        const policies = {
          requestHeaderModifier: { remove: internalHeaders },
          timeout: { requestTimeout: rule.timeouts.request, backendRequestTimeout: rule.timeouts.attempt },
          ...retryPolicy(routeCase),
          ai: { ...aiPolicy(rule), ...guard, ...transformations(guard, paths) },
        };
        return {
          rule: id,
          route: {
            name,
            gateways: 'default',
            matches: matches(id, routeCase, paths),
            policies,
            backends: backends(routeCase),
          },
        };
      }),
    );
  });
}

interface RouteVariant {
  readonly suffix: string;
  readonly paths: readonly string[];
  readonly guard: GatewayObject;
}

function variants(rule: Rule, model: Model): RouteVariant[] {
  const guarded = clientFormats.map(
    (format): RouteVariant => ({
      suffix: `.${format}`,
      paths: rule.surfaces.filter((path) => surfaces[path]?.format === format),
      guard: promptGuard(rule, model, format),
    }),
  );
  if (rule.surfaces.length === 0) return [];
  if (guarded.every(({ guard }) => Object.keys(guard).length === 0))
    return [{ suffix: '', paths: rule.surfaces, guard: {} }];
  return guarded.filter(({ paths }) => paths.length > 0);
}

/** What a client may not decide, and what guards could not read, field by field. A field that fails is left out. */
function transformations(guard: GatewayObject, paths: readonly string[]): GatewayObject {
  const fields = {
    ...(paths.includes('/v1/chat/completions') ? { stream_options: streamUsage } : {}),
    ...(paths.includes('/v1/responses') ? { background: noBackground, ...guardedInstructions(guard) } : {}),
  };
  return Object.keys(fields).length === 0 ? {} : { transformations: fields };
}

/** A stream without usage would be free: the gateway asks for it where a client does not, but not where a client declines. */
const streamUsage =
  'request.path == "/v1/chat/completions" && llmRequest.stream == true ? {"include_usage": true} : fail("no stream of chat")';

/** The usage of an answer that comes later is never seen. */
const noBackground = 'fail("every answer is counted")';

function matches(id: string, { when }: RouteCase, paths: readonly string[]): GatewayObject[] {
  const headers = [
    { name: ruleHeader, value: { exact: id } },
    ...(when === null ? [] : [{ name: conditionHeader(when), value: { exact: '1' } }]),
  ];
  return paths.map((path) => ({ path: { exact: path }, headers }));
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
