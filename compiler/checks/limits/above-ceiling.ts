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
      if (ceiling === undefined || (value !== undefined && value <= ceiling)) continue;
      yield report(tenant, tiers, ['limits', field], value?.toString() ?? 'without limit', ceiling.toString());
    }
    const ceiling = ceilings.budget.monthlyUsd;
    const budget = tenant.budget.monthlyUsd;
    if (ceiling !== undefined && (budget === undefined || toUnits(budget) > toUnits(ceiling))) {
      yield report(tenant, tiers, ['budget', 'monthlyUsd'], budget ?? 'without limit', usdText(ceiling));
    }
  }
};

function report(
  tenant: ResolvedTenant,
  tiers: Resource<'Tiers'>,
  field: readonly [string, string],
  value: string,
  ceiling: string,
): Report {
  return {
    code: 'limits/above-ceiling',
    message: `${field.join('.')} of tenant ${tenant.name} is ${value}, above the ceiling ${ceiling} of tier ${tenant.tier}`,
    at: tenant.origin(...field),
    hint: `stay within ${ceiling}, or move the tenant to a higher tier`,
    related: [{ message: 'the ceiling', at: at(tiers, 'spec', tenant.tier, 'ceilings', ...field) }],
  };
}
