import { addDays } from '../../resolve/calendar.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/** By then everybody who asks where a tenant went has asked, and its quarantine is long over. */
const remembered = 365;

export const timeLeftover: EnvironmentCheck = function* ({ model: { environment, tenants, date } }) {
  for (const [index, { until }] of environment.spec.safety.acknowledge.entries()) {
    if (until >= date) continue;
    yield {
      code: 'time/leftover',
      message: `the acknowledgement ended on ${until}: it no longer lets anything be deleted`,
      at: at(environment, 'spec', 'safety', 'acknowledge', index, 'until'),
      hint: 'remove it',
    };
  }
  for (const tenant of tenants) {
    if (tenant.status !== 'retired' || tenant.retiredOn === undefined) continue;
    if (addDays(tenant.retiredOn, remembered + environment.spec.safety.quarantineDays) >= date) continue;
    yield {
      code: 'time/leftover',
      message: `tenant ${tenant.name} retired on ${tenant.retiredOn}, more than a year ago: nothing of it is left but this`,
      at: tenant.origin('retiredOn'),
      hint: 'remove the tenant, or correct the date',
    };
  }
};
