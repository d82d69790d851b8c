import { byCodeUnit } from '../../contract/canonical.ts';
import type { Report } from '../diagnostics/finding.ts';
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
): { model: Model; reports: readonly Report[] } {
  const prices = resolvePrices(resources, date);
  const { profiles, reports } = resolveProfiles(resources, prices);
  const tenants: ResolvedTenant[] = [];
  for (const tenant of resources.tenants.values()) {
    const resolved = resolveTenant(tenant, environment, resources, date);
    if (resolved !== undefined) tenants.push(resolved);
  }
  tenants.sort((a, b) => byCodeUnit(a.name, b.name));
  return { model: { environment, date, resources, tenants, profiles, prices }, reports };
}
