import { byCodeUnit } from '../../contract/canonical.ts';
import { isWildcard, matchesPattern } from '../resolve/pattern.ts';
import type { Resource, Resources } from '../resolve/resources.ts';
import type { ModelSpec } from '../schema/strategy.ts';
import { refusalOf } from '../table/permission.ts';
import type { WrittenModel } from './written-models.ts';

/** Tenants that route alike, over all environments. Suspended ones come back; retired ones do not count. */
export interface Caller {
  readonly profile: string;
  readonly allow: readonly string[] | undefined;
  readonly deny: readonly string[];
  /** Sorted; undefined: anywhere. */
  readonly residency: readonly string[] | undefined;
  readonly tenants: readonly Resource<'Tenant'>[];
}

export function callersOf({ tenants, environments }: Resources): readonly Caller[] {
  const callers = new Map<string, Caller & { readonly tenants: Resource<'Tenant'>[] }>();
  for (const tenant of tenants.values()) {
    const { models, residency } = tenant.spec;
    const sorted = residency && [...residency].sort(byCodeUnit);
    for (const profile of profilesOf(tenant, [...environments.keys()])) {
      const key = JSON.stringify([profile, models.allow ?? null, models.deny ?? [], sorted ?? null]);
      const known = callers.get(key);
      if (known !== undefined) known.tenants.push(tenant);
      else
        callers.set(key, {
          profile,
          allow: models.allow,
          deny: models.deny ?? [],
          residency: sorted,
          tenants: [tenant],
        });
    }
  }
  return [...callers.values()];
}

function profilesOf({ spec }: Resource<'Tenant'>, environments: readonly string[]): ReadonlySet<string> {
  const profiles = environments.flatMap((name) => {
    const override = spec.environments[name];
    if (override === 'absent' || (override?.status ?? spec.status) === 'retired') return [];
    return [override?.routing ?? spec.routing];
  });
  return new Set(profiles);
}

/** Why a caller may not send any name of a model, as a predicate of its tenants. */
export type Exclusion = 'deny it' | 'do not allow it';

export function exclusionOf({ name, spec }: WrittenModel, caller: Caller, resources: Resources): Exclusion | undefined {
  const { allow, deny } = caller;
  const publicNames = isWildcard(name) ? expand(name, spec, resources) : [name, ...spec.aliases];
  const refusals = publicNames.map((one) => refusalOf({ name, publicNames }, one, allow, deny));
  if (refusals.includes(undefined)) return undefined;
  return refusals.includes('not-allowed') ? 'do not allow it' : 'deny it';
}

/** Names that the wildcard ever stood for, whatever the day. One that stands for nothing has a finding of its own. */
function expand(pattern: string, { single }: ModelSpec, { providers, priceLists }: Resources): readonly string[] {
  const list = priceLists.get(providers.get(single?.provider ?? '')?.spec.prices ?? '');
  const names = Object.keys(list?.spec.models ?? {}).filter((name) => matchesPattern(pattern, name));
  return names.length === 0 ? [pattern] : names;
}
