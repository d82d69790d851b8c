import type { Report } from '../../diagnostics/finding.ts';
import type { ResolvedTenant } from '../../resolve/model.ts';
import { toUnits, usdText } from '../../resolve/money.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

export const limitsAboveCeiling: EnvironmentCheck = function* ({ model }) {
  const { tiers } = model.resources;
  if (tiers === undefined) return;
  for (const tenant of model.tenants) {
    const ceilings = tiers.spec[tenant.tier]?.ceilings;
    if (ceilings === undefined) continue;
    for (const field of ['requestsPerMinute', 'tokensPerDay'] as const) {
      const ceiling = ceilings.limits[field];
      const value = tenant.limits[field];
      if (ceiling === undefined || value === undefined || value <= ceiling) continue;
      yield* report(tenant, tiers, ['limits', field], value.toString(), ceiling.toString());
    }
    const ceiling = ceilings.budget.monthlyUsd;
    const budget = tenant.budget.monthlyUsd;
    if (ceiling !== undefined && budget !== undefined && toUnits(budget) > toUnits(ceiling)) {
      yield* report(tenant, tiers, ['budget', 'monthlyUsd'], budget, usdText(ceiling));
    }
  }
};

/** Of what the tier itself gives, the tier is to blame (limits/tier-default). */
function* report(
  tenant: ResolvedTenant,
  tiers: Resource<'Tiers'>,
  field: readonly [string, string],
  value: string,
  ceiling: string,
): Iterable<Report> {
  const decided = tenant.origin(...field);
  if (decided.file === tiers.file) return;
  yield {
    code: 'limits/above-ceiling',
    message: `${field.join('.')} of tenant ${tenant.name} is ${value}, above the ceiling ${ceiling} of tier ${tenant.tier}`,
    at: decided,
    hint: `stay within ${ceiling}, or move the tenant to a higher tier`,
    related: [{ message: 'the ceiling', at: at(tiers, 'spec', tenant.tier, 'ceilings', ...field) }],
  };
}
