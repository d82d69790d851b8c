import type { Model, ResolvedCase, ResolvedModel, ResolvedProfile, ResolvedTenant } from '../../resolve/model.ts';
import { isWildcard, matchesPattern } from '../../resolve/pattern.ts';
import { servedPaths } from './conversion.ts';

/** What the resources ask for when a tenant sends one public name. */
export interface Behaviour {
  readonly profile: ResolvedProfile;
  readonly routed: ResolvedModel;
  readonly guardrails: readonly string[];
  /** What residency leaves, in order; the last has no condition. */
  readonly cases: readonly ResolvedCase[];
  readonly paths: readonly string[];
}

/** What a tenant may send, and what then happens. Equal for all tenants whose resources ask for the same. */
export interface Entitlement {
  readonly behaviours: ReadonlyMap<string, Behaviour>;
  /** Alias → the model under which it is logged and budgeted. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Entitlements by what makes them: worked out once, however many tenants share one. */
export class Entitlements {
  readonly #model: Model;
  readonly #known = new Map<string, Entitlement>();
  readonly #ofTenant = new Map<ResolvedTenant, Entitlement>();
  readonly #behaviours = new Map<string, Behaviour | undefined>();

  constructor(model: Model) {
    this.#model = model;
  }

  of(tenant: ResolvedTenant): Entitlement {
    const known = this.#ofTenant.get(tenant) ?? this.#shared(tenant);
    this.#ofTenant.set(tenant, known);
    return known;
  }

  #shared(tenant: ResolvedTenant): Entitlement {
    const { allow, deny } = tenant.resource.spec.models;
    const { routing, guardrails, residency } = tenant;
    const key = JSON.stringify([routing, guardrails, residency ?? null, allow ?? null, deny ?? null]);
    const known = this.#known.get(key) ?? this.#make(tenant);
    this.#known.set(key, known);
    return known;
  }

  #make(tenant: ResolvedTenant): Entitlement {
    const behaviours = new Map<string, Behaviour>();
    const aliases = new Map<string, string>();
    const profile = this.#model.profiles.get(tenant.routing);
    for (const routed of profile?.models ?? []) {
      const behaviour = profile && this.#behaviour(profile, routed, tenant);
      if (behaviour === undefined) continue;
      for (const name of namesFor(tenant, routed)) {
        behaviours.set(name, behaviour);
        if (!isWildcard(routed.name) && name !== routed.name) aliases.set(name, routed.name);
      }
    }
    return { behaviours, aliases };
  }

  #behaviour(profile: ResolvedProfile, routed: ResolvedModel, tenant: ResolvedTenant): Behaviour | undefined {
    const key = JSON.stringify([profile.name, routed.name, tenant.guardrails, tenant.residency ?? null]);
    if (!this.#behaviours.has(key)) this.#behaviours.set(key, behaviourOf(this.#model, profile, routed, tenant));
    return this.#behaviours.get(key);
  }
}

/** A model is allowed or denied by any of its names, aliases included. What a wildcard stands for are models of their own. */
function namesFor(tenant: ResolvedTenant, routed: ResolvedModel): readonly string[] {
  const { allow, deny } = tenant.resource.spec.models;
  const named = (patterns: readonly string[] | undefined, names: readonly string[]): boolean =>
    patterns?.some((pattern) => names.some((name) => matchesPattern(pattern, name))) ?? false;
  const groups = isWildcard(routed.name) ? routed.publicNames.map((name) => [name]) : [routed.publicNames];
  return groups
    .filter((names) => names.length > 0 && (allow === undefined || named(allow, names)) && !named(deny, names))
    .flat();
}

/** undefined where residency leaves nothing for what no condition takes: then the model is not there. */
function behaviourOf(
  model: Model,
  profile: ResolvedProfile,
  routed: ResolvedModel,
  { guardrails, residency }: ResolvedTenant,
): Behaviour | undefined {
  const resides = (provider: string): boolean => {
    const place = model.resources.providers.get(provider)?.spec.residency;
    return residency === undefined || (place !== undefined && residency.includes(place));
  };
  const cases = routed.cases
    .map((c) => ({
      ...c,
      branches: c.branches
        .map((branch) => ({ ...branch, targets: branch.targets.filter(({ provider }) => resides(provider)) }))
        .filter(({ targets }) => targets.length > 0),
    }))
    .filter(({ branches }) => branches.length > 0);
  const last = cases.at(-1);
  if (last === undefined || last.when !== undefined) return undefined;
  const targets = cases.flatMap(({ branches }) => branches.flatMap((branch) => branch.targets));
  return { profile, routed, guardrails, cases, paths: servedPaths(model, routed, targets) };
}
