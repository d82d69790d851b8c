import { type DecisionTable, isDenial, type Rule, type Target } from '../../../contract/artifacts/decision-table.ts';
import { fixedUpstream, type Model, type ResolvedTarget, type ResolvedTenant, targetsOf } from '../../resolve/model.ts';
import { isWildcard, matchesPattern } from '../../resolve/pattern.ts';
import { at } from '../../resolve/resources.ts';
import { crossRegion } from '../bedrock.ts';
import type { EnvironmentCheck } from '../check.ts';

/**
 * A deny list names public models, but what it keeps from a tenant is what answers them: no split, case or fallback of
 * another model may lead there, nor to the same model at another provider. What a permitted single or fallback calls first
 * is permitted in so many words. A denied split or conditional denies no upstream model: it only is a way to several.
 */
export const accessDenyReachable: EnvironmentCheck = function* ({ model, table }) {
  const rulesOfClass = new Map<string, Permitted[]>();
  for (const tenant of model.tenants) {
    const id = table.data.tenants[tenant.name]?.class;
    const permitted = id === undefined || isDenial(id) ? undefined : table.data.classes[id]?.models;
    if (id === undefined || permitted === undefined) continue;
    const denied = deniedTargets(model, tenant);
    if (denied.size === 0) continue;
    const rules = rulesOfClass.get(id) ?? rulesOf(model, table.data, permitted);
    rulesOfClass.set(id, rules);
    const meant = new Set(rules.flatMap(({ first }) => first).flatMap(keysOf));
    for (const { name, rule, targets } of rules) {
      const found = targets.find((upstream) => denierOf(upstream, denied, meant) !== undefined);
      const by = found === undefined ? undefined : denierOf(found, denied, meant);
      if (found === undefined || by === undefined) continue;
      const origin = table.origins.rules.get(rule);
      yield {
        code: 'access/deny-reachable',
        message: `tenant ${tenant.name} denies ${by.name}, but ${name} leads to the same upstream model: ${found.target}`,
        at: at(tenant.resource, 'spec', 'models', 'deny', by.index),
        hint: `deny ${name} as well, or take this target out of it`,
        ...(origin === undefined ? {} : { related: [{ message: 'what leads to it', at: origin }] }),
      };
    }
  }
};

/** Of a target, or of the same model at another provider where no permitted model calls that first. */
function denierOf(
  { target, bare }: Upstream,
  denied: ReadonlyMap<string, Denied>,
  meant: ReadonlySet<string>,
): Denied | undefined {
  if (meant.has(target)) return undefined;
  return denied.get(target) ?? (bare === undefined || meant.has(bare) ? undefined : denied.get(bare));
}

interface Upstream {
  /** Under which name at which provider. */
  readonly target: string;
  /** The model, whoever serves it; undefined where names are free, as those of deployments are. */
  readonly bare: string | undefined;
}

/** `claude-opus-5-5` of `us.anthropic.claude-opus-5-5-20260922-v1:0`: without place, vendor, day and revision. */
function bareName(name: string): string {
  return (crossRegion(name)?.bare ?? name)
    .replace(/^[a-z]+[./]/, '')
    .replace(/-v\d+(:\d+)?$/, '')
    .replace(/[-@](\d{8}|\d{4}-\d{2}-\d{2})$/, '');
}

function keysOf({ target, bare }: Upstream): readonly string[] {
  return bare === undefined ? [target] : [target, bare];
}

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
      for (const key of targetsOf(routed).flatMap((one) => upstreams(model, one, names).flatMap(keysOf))) {
        if (!found.has(key)) found.set(key, { name, index });
      }
    }
  }
  return found;
}

interface Permitted {
  readonly name: string;
  readonly rule: string;
  readonly targets: readonly Upstream[];
  /** What a single or a fallback calls first. */
  readonly first: readonly Upstream[];
}

function rulesOf(model: Model, table: DecisionTable, permitted: Readonly<Record<string, string>>): Permitted[] {
  const names = new Map<string, string[]>();
  for (const [name, id] of Object.entries(permitted)) names.set(id, [...(names.get(id) ?? []), name]);
  return [...names].flatMap(([id, sent]): Permitted[] => {
    const rule = table.rules[id];
    if (rule === undefined) return [];
    const called = (targets: readonly Target[]) => targets.flatMap((target) => upstreams(model, target, sent));
    return [{ name: rule.model, rule: id, targets: called(targetsOf(rule)), first: called(firstOf(rule)) }];
  });
}

function firstOf({ cases }: Rule): readonly Target[] {
  const [only, ...more] = cases.flatMap(({ branches }) => branches);
  return only === undefined || more.length > 0 ? [] : only.targets.slice(0, 1);
}

/** What a target calls, under each name that clients send. */
function upstreams({ resources }: Model, one: Target | ResolvedTarget, sent: readonly string[]): readonly Upstream[] {
  const fixed = fixedUpstream(resources, one);
  const type = resources.providers.get(one.provider)?.spec.type;
  const isFree = type === 'azure' || type === 'custom';
  return (fixed === undefined ? sent : [fixed]).map((name) => ({
    target: `${name} of ${one.provider}`,
    bare: isFree ? undefined : bareName(name),
  }));
}
