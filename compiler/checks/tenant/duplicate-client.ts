import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const tenantDuplicateClient: TreeCheck = function* ({ resources: { tenants } }) {
  for (const tenant of tenants.values()) {
    const names = tenant.spec.clients.map((client) => client.name);
    for (const [index, name] of names.entries()) {
      const first = names.indexOf(name);
      if (first === index) continue;
      yield {
        code: 'tenant/duplicate-client',
        message: `tenant ${tenant.name} has two app clients named ${name}`,
        at: at(tenant, 'spec', 'clients', index, 'name'),
        hint: 'give one of them another name',
        related: [{ message: 'the first', at: at(tenant, 'spec', 'clients', first, 'name') }],
      };
    }
  }
};
