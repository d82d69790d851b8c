import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const tenantGroupsWithoutFederation: TreeCheck = function* ({ resources: { tenants, declared } }) {
  if (declared.Federation.size > 0) return;
  for (const tenant of tenants.values()) {
    if (tenant.spec.groups.length === 0) continue;
    yield {
      code: 'tenant/groups-without-federation',
      message: `tenant ${tenant.name} has groups, but no identity provider is configured from which their users could come`,
      at: at(tenant, 'spec', 'groups'),
      hint: 'add tenants/federation.yaml, or remove the groups',
    };
  }
};
