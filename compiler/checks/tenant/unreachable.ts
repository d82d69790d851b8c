import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const tenantUnreachable: TreeCheck = function* ({ resources: { tenants } }) {
  for (const tenant of tenants.values()) {
    if (tenant.spec.clients.length > 0 || tenant.spec.groups.length > 0) continue;
    yield {
      code: 'tenant/unreachable',
      message: `nobody can act for tenant ${tenant.name}: it has neither app clients nor groups`,
      at: atKey(tenant, 'spec'),
      hint: 'add clients: [{name: default}] or groups',
    };
  }
};
