import { at, type Resource } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** A user in groups of two tenants gets no tenant at all, so one group must not lead to two. */
export const tenantDuplicateGroup: TreeCheck = function* ({ resources: { tenants } }) {
  const owners = new Map<string, Resource<'Tenant'>>();
  for (const tenant of tenants.values()) {
    for (const [index, group] of tenant.spec.groups.entries()) {
      const owner = owners.get(group);
      if (owner === undefined) {
        owners.set(group, tenant);
        continue;
      }
      yield {
        code: 'tenant/duplicate-group',
        message: `group ${JSON.stringify(group)} belongs to both ${owner.name} and ${tenant.name}: its users would get no tenant`,
        at: at(tenant, 'spec', 'groups', index),
        hint: 'leave it to one of them',
        related: [{ message: 'the other tenant', at: at(owner, 'spec', 'groups') }],
      };
    }
  }
};
