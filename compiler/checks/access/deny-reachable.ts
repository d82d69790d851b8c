import { type DecisionTable, isDenial, type Rule, type Target } from '../../../contract/artifacts/decision-table.ts';
import { type Model, type ResolvedTenant, targetsOf } from '../../resolve/model.ts';
import { isWildcard, matchesPattern } from '../../resolve/pattern.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/**
 * A deny list names public models, but what it keeps from a tenant is what answers them: no split, case or fallback of
 * another model may lead there. What a permitted single or fallback calls first is permitted in so many words. A denied
 * split or conditional denies no upstream model: it only is a way to several.
 */
export const accessDenyReachable: EnvironmentCheck = function* ({ model, table }) {
  for (const tenant of model.tenants) {
    const id = table.data.tenants[tenant.name]?.class;
    const permitted = id === undefined || isDenial(id) ? undefined : table.data.classes[id]?.models;
    if (permitted === undefined) continue;
    const denied = deniedTargets(model, tenant);
    if (denied.size === 0) continue;
    const rules = rulesOf(model, table.data, permitted);
    const meant = new Set(rules.flatMap(({ first }) => first));
    for (const { name, rule, targets } of rules) {
      const found = targets.find((target) => denied.has(target) && !meant.has(target));
      const by = found === undefined ? undefined : denied.get(found);
      if (found === undefined || by === undefined) continue;
      const origin = table.origins.rules.get(rule);
      yield {
        code: 'access/deny-reachable',
        message: `tenant ${tenant.name} denies ${by.name}, but ${name} leads to the same upstream model: ${found}`,
        at: at(tenant.resource, 'spec', 'models', 'deny', by.index),
        hint: `deny ${name} as well, or take this target out of it`,
        ...(origin === undefined ? {} : { related: [{ message: 'what leads to it', at: origin }] }),
      };
    }
  }
};

interface Denied {
  readonly name: string;
  /** Of the pattern in the deny list. */
  readonly index: number;
}

/** Upstream models of the singles and fallbacks that the tenant's deny list takes from it. */
function deniedTargets(model: Model, { resource, routing }: ResolvedTenant): ReadonlyMap<string, Denied> {
  const patterns = resource.spec.models.deny ?? [];
  const found = new Map<string, Denied>();
  if (patterns.length === 0) return found;
  for (const routed of model.profiles.get(routing)?.models ?? []) {
    if (routed.cases.flatMap(({ branches }) => branches).length > 1) continue;
    // Of a wildcard each name is a model of its own, of anything else all names are one model.
    const groups = isWildcard(routed.name) ? routed.publicNames.map((name) => [name]) : [routed.publicNames];
    for (const names of groups) {
      const index = patterns.findIndex((pattern) => names.some((name) => matchesPattern(pattern, name)));
      if (index === -1) continue;
      const name = isWildcard(routed.name) ? (names[0] ?? routed.name) : routed.name;
      for (const target of targetsOf(routed).flatMap((t) => upstreams(model, t.provider, t.model, names))) {
        if (!found.has(target)) found.set(target, { name, index });
      }
    }
  }
  return found;
}

interface Permitted {
  readonly name: string;
  readonly rule: string;
  readonly targets: readonly string[];
  /** What a single or a fallback calls first. */
  readonly first: readonly string[];
}

function rulesOf(model: Model, table: DecisionTable, permitted: Readonly<Record<string, string>>): Permitted[] {
  const names = new Map<string, string[]>();
  for (const [name, id] of Object.entries(permitted)) names.set(id, [...(names.get(id) ?? []), name]);
  return [...names].flatMap(([id, sent]): Permitted[] => {
    const rule = table.rules[id];
    if (rule === undefined) return [];
    const all = rule.cases.flatMap(({ branches }) => branches.flatMap(({ targets }) => targets));
    const called = (targets: readonly Target[]) => targets.flatMap((t) => upstreams(model, t.provider, t.model, sent));
    return [{ name: rule.model, rule: id, targets: called(all), first: called(firstOf(rule)) }];
  });
}

function firstOf({ cases }: Rule): readonly Target[] {
  const [only, ...more] = cases.flatMap(({ branches }) => branches);
  return only === undefined || more.length > 0 ? [] : only.targets.slice(0, 1);
}

/** The names under which a target calls its provider: without one of its own, the deployment's or those that clients send. */
function upstreams(model: Model, provider: string, upstream: string | null | undefined, sent: readonly string[]) {
  const spec = model.resources.providers.get(provider)?.spec;
  const deployment = spec?.type === 'azure' ? spec.deployment : undefined;
  const fixed = upstream ?? deployment;
  return (fixed === undefined ? sent : [fixed]).map((name) => `${name} of ${provider}`);
}
