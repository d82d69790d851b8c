import type { Report } from '../../diagnostics/finding.ts';
import type { ResolvedTenant } from '../../resolve/model.ts';
import { isOverride } from '../../resolve/tenant.ts';
import type { EnvironmentCheck } from '../check.ts';

/** An alert that cannot come is worse than none: somebody relies on it. That none is listed twice is the schema's. */
export const budgetAlerts: EnvironmentCheck = function* ({ model }) {
  for (const tenant of model.tenants) {
    const { alertsAtPercent, monthlyUsd, models, onExceeded } = tenant.budget;
    if (alertsAtPercent.length === 0) continue;
    if (monthlyUsd === undefined && models.size === 0) {
      yield report(
        tenant,
        `tenant ${tenant.name} has alerts, but no budget that they could be a share of`,
        'set budget.monthlyUsd, or remove the alerts',
      );
      continue;
    }
    const falling = alertsAtPercent.find((percent, index) => percent < (alertsAtPercent[index - 1] ?? 0));
    if (falling !== undefined) {
      const sorted = [...alertsAtPercent].sort((a, b) => a - b).join(', ');
      yield report(
        tenant,
        `alert ${falling} stands behind a higher one: the first may not come first`,
        `write [${sorted}]`,
      );
    }
    const beyond = alertsAtPercent.find((percent) => percent > 100);
    if (beyond !== undefined && onExceeded === 'reject' && !isRejectedHereAlone(tenant)) {
      yield report(
        tenant,
        `an alert at ${beyond} % never comes: requests are rejected at 100 %`,
        'stay within 100, or set onExceeded: warn',
      );
    }
  }
};

/** Alerts that are written beside `warn` are right there, also where one environment rejects. */
function isRejectedHereAlone(tenant: ResolvedTenant): boolean {
  return isOverride(tenant.origin('budget', 'onExceeded')) && !isOverride(tenant.origin('budget', 'alertsAtPercent'));
}

function report(tenant: ResolvedTenant, message: string, hint: string): Report {
  return { code: 'budget/alerts', message, at: tenant.origin('budget', 'alertsAtPercent'), hint };
}
