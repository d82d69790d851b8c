import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

const reserved = new Set(['tiers', 'federation']);

export const tenantReservedName: TreeCheck = function* ({ resources: { tenants } }) {
  for (const tenant of tenants.values()) {
    if (!reserved.has(tenant.name)) continue;
    const message = `a tenant cannot be named ${tenant.name}: tenants/${tenant.name}.yaml holds something else`;
    yield { code: 'tenant/reserved-name', message, at: at(tenant, 'metadata', 'name'), hint: 'choose another name' };
  }
};
