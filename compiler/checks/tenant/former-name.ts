import { at, type Resource } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const tenantFormerName: TreeCheck = function* ({ resources: { tenants } }) {
  const claimed = new Map<string, Resource<'Tenant'>>();
  for (const tenant of tenants.values()) {
    for (const [index, former] of tenant.metadata.formerly.entries()) {
      const where = at(tenant, 'metadata', 'formerly', index);
      const current = tenants.get(former);
      const other = claimed.get(former);
      claimed.set(former, tenant);
      if (current !== undefined) {
        yield {
          code: 'tenant/former-name',
          message: `${former} cannot be a former name of ${tenant.name}: a tenant of that name exists`,
          at: where,
          hint: 'remove the former name, or rename the other tenant',
          related: [{ message: 'the tenant', at: at(current, 'metadata', 'name') }],
        };
      } else if (other !== undefined) {
        yield {
          code: 'tenant/former-name',
          message: `both ${other.name} and ${tenant.name} say that they were ${former}: its credentials can move to one only`,
          at: where,
          hint: 'remove the former name from one of them',
          related: [{ message: 'the other claim', at: at(other, 'metadata', 'formerly') }],
        };
      }
    }
  }
};
