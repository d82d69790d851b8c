import { isOverride } from '../../resolve/tenant.ts';
import type { EnvironmentCheck } from '../check.ts';

export const tenantRetiredOn: EnvironmentCheck = function* ({ model }) {
  for (const tenant of model.tenants) {
    const retired = tenant.statusAsWritten === 'retired';
    if (retired && tenant.retiredOn === undefined) {
      yield {
        code: 'tenant/retired-on',
        message: `tenant ${tenant.name} is retired but does not say since when, so its quarantine has no start`,
        at: tenant.origin('status'),
        hint: `add retiredOn: ${model.date}`,
      };
    }
    // An environment that says active where the tenant is retired elsewhere has no retirement to speak of.
    if (!retired && tenant.retiredOn !== undefined && !isOverride(tenant.origin('status'))) {
      yield {
        code: 'tenant/retired-on',
        message: `tenant ${tenant.name} has retiredOn but its status is ${tenant.statusAsWritten}`,
        at: tenant.origin('retiredOn'),
        hint: 'set status: retired, or remove retiredOn',
      };
    }
  }
};
