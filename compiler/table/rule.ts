import type { Branch, RouteCase, RouteType, Rule } from '../../contract/artifacts/decision-table.ts';
import { digest, sortedKeys } from '../../contract/canonical.ts';
import {
  fixedUpstream,
  type Model,
  type ResolvedBranch,
  type ResolvedCase,
  type ResolvedModel,
  type ResolvedProfile,
  type ResolvedTarget,
} from '../resolve/model.ts';
import { servedRouteTypes, surfaces } from './surfaces.ts';

/** What, beside profile and model, makes a rule of its own. */
export interface Variant {
  readonly guardrails: readonly string[];
  /** Sorted; undefined: anywhere. */
  readonly residency: readonly string[] | undefined;
}

export interface NamedRule {
  readonly id: string;
  readonly rule: Rule;
}

/** The behaviour of one public model for one variant; undefined where residency leaves no target. */
export function ruleOf(
  model: Model,
  profile: ResolvedProfile,
  routed: ResolvedModel,
  variant: Variant,
): NamedRule | undefined {
  const cases = casesWithin(model, routed, variant.residency);
  const targets = cases.flatMap(targetsOfCase);
  // Without its last case a conditional would have no answer for what no condition takes.
  if (targets.length === 0 || cases.at(-1)?.when !== undefined) return undefined;
  const narrowed = targets.length < routed.cases.flatMap(targetsOfCase).length;
  return {
    id: ruleId(model, profile, routed, variant, narrowed),
    rule: {
      profile: profile.name,
      model: routed.name,
      surfaces: surfacesOf(model, routed, targets),
      guardrails: [...variant.guardrails],
      timeouts: { request: profile.timeouts.request, attempt: profile.timeouts.attempt },
      promptCaching: profile.promptCaching === undefined ? null : { ...profile.promptCaching },
      parameters: routed.parameters as Rule['parameters'],
      cases: cases.map(caseOf),
    },
  };
}

function targetsOfCase({ branches }: ResolvedCase): readonly ResolvedTarget[] {
  return branches.flatMap((branch) => branch.targets);
}

/** `<profile>.<model>`, with a suffix only where guardrails or residency make a variant of it. */
function ruleId(
  model: Model,
  profile: ResolvedProfile,
  routed: ResolvedModel,
  variant: Variant,
  narrowed: boolean,
): string {
  const mandatory = model.environment.spec.guardrails.mandatory;
  const guarded =
    variant.guardrails.join() === mandatory.join() ? '' : `.g-${digest(variant.guardrails.join()).slice(0, 6)}`;
  const resident = narrowed ? `.r-${variant.residency?.join('-')}` : '';
  return `${profile.name}.${routed.name}${guarded}${resident}`;
}

/** What residency leaves of a model's cases. The requests of a case without targets go on to the next one. */
export function casesWithin(
  model: Model,
  routed: ResolvedModel,
  residency: readonly string[] | undefined,
): readonly ResolvedCase[] {
  if (residency === undefined) return routed.cases;
  const allowed = (target: ResolvedTarget): boolean => {
    const provider = model.resources.providers.get(target.provider);
    return provider !== undefined && residency.includes(provider.spec.residency);
  };
  return routed.cases.flatMap((routeCase) => {
    const branches = routeCase.branches
      .map((branch) => ({ ...branch, targets: branch.targets.filter(allowed) }))
      .filter((branch) => branch.targets.length > 0);
    return branches.length === 0 ? [] : [{ ...routeCase, branches }];
  });
}

function caseOf({ when, branches }: ResolvedCase): RouteCase {
  return { when: when === undefined ? null : { ...when }, branches: branches.map(branchOf), retry: retryOf(branches) };
}

function branchOf(branch: ResolvedBranch): Branch {
  const failover = branch.targets.length > 1 ? branch.failover : undefined;
  return {
    weight: branch.weight,
    targets: branch.targets.map((target) => ({ provider: target.provider, model: target.model ?? null })),
    unhealthy: failover === undefined ? null : { statuses: [...failover.statuses], cooldown: failover.cooldown },
  };
}

/**
 * The gateway retries per route, after a branch was drawn, so the branches of a split share one policy: check
 * routing/retry-mismatch keeps their statuses and backoff equal, and the longest branch decides the number.
 */
function retryOf(branches: readonly ResolvedBranch[]): RouteCase['retry'] {
  const failing = branches.filter((branch) => branch.targets.length > 1 && branch.failover !== undefined);
  const first = failing[0]?.failover;
  if (first === undefined) return null;
  const retries = Math.max(...failing.map((branch) => branch.failover?.retries ?? branch.targets.length - 1));
  return { retries, backoff: first.backoff, statuses: [...first.statuses] };
}

/** Paths that every target can serve, for every name that may go upstream. */
function surfacesOf(model: Model, routed: ResolvedModel, targets: readonly ResolvedTarget[]): string[] {
  const served = targets.flatMap((target) => routeTypesOf(model, routed, target));
  return sortedKeys(surfaces).filter((path) => {
    const routeType = surfaces[path]?.routeType;
    return routeType !== undefined && served.every((types) => types.includes(routeType));
  });
}

/** What a target can serve, for each name that may go upstream. */
export function routeTypesOf(
  model: Model,
  routed: ResolvedModel,
  target: ResolvedTarget,
): readonly (readonly RouteType[])[] {
  const provider = model.resources.providers.get(target.provider);
  if (provider === undefined) return [];
  return upstreamModels(model, routed, target).map((upstream) => {
    const row = model.prices.inForce(target.provider, upstream);
    return servedRouteTypes(provider.spec, upstream, row !== undefined && row.rates.output === undefined);
  });
}

/** The provider's model ids that a target may be called with. */
export function upstreamModels(model: Model, routed: ResolvedModel, target: ResolvedTarget): readonly string[] {
  const fixed = fixedUpstream(model.resources, target);
  return fixed === undefined ? routed.publicNames : [fixed];
}
