import { byCodeUnit } from '../../contract/canonical.ts';
import type { Report } from '../diagnostics/finding.ts';
import { type Memory, noMemory } from '../memory.ts';
import type { Model, ResolvedTenant } from './model.ts';
import { resolvePrices } from './prices.ts';
import { resolveProfiles } from './profile.ts';
import type { Resource, Resources } from './resources.ts';
import { resolveTenant } from './tenant.ts';

/** Decides every value of one environment on one day. `date` is YYYY-MM-DD. */
export function resolve(
  resources: Resources,
  environment: Resource<'Environment'>,
  date: string,
  memory: Memory = noMemory,
): { model: Model; reports: readonly Report[] } {
  const { prices, profiles, reports } = resolveRouting(resources, date, memory);
  const tenants: ResolvedTenant[] = [];
  for (const tenant of resources.tenants.values()) {
    const inputs = [tenant, environment, resources.tiers, date];
    const resolved = memory.recall(`${tenant.name} in ${environment.name}`, inputs, () =>
      resolveTenant(tenant, environment, resources.tiers, date),
    );
    if (resolved !== undefined) tenants.push(resolved);
  }
  tenants.sort((a, b) => byCodeUnit(a.name, b.name));
  return { model: { environment, date, resources, tenants, profiles, prices }, reports };
}

/** Prices and profiles are the same in every environment. */
function resolveRouting(resources: Resources, date: string, memory: Memory) {
  const { providers, priceLists, profiles } = resources;
  return memory.recall('routing', [providers, priceLists, profiles, date], () => {
    const prices = resolvePrices({ providers, priceLists }, date);
    return { prices, ...resolveProfiles({ profiles }, prices) };
  });
}
