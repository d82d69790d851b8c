import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

export const accessAdminScope: EnvironmentCheck = function* ({ model }) {
  const { environment } = model;
  const admins = environment.spec.access.adminTenants;
  for (const tenant of model.tenants) {
    if (admins.includes(tenant.name)) continue;
    for (const [index, client] of tenant.resource.spec.clients.entries()) {
      if (!client.scopes.includes('admin')) continue;
      yield {
        code: 'access/admin-scope',
        message: `client ${client.name} of tenant ${tenant.name} has the admin scope, but environment ${environment.name} does not list the tenant in adminTenants`,
        at: at(tenant.resource, 'spec', 'clients', index, 'scopes'),
        hint: `remove the scope, or add ${tenant.name} to access.adminTenants`,
        related: [{ message: 'who may have it', at: at(environment, 'spec', 'access', 'adminTenants') }],
      };
    }
  }
  const federation = model.resources.federation;
  if (federation?.spec.client.scopes.includes('admin')) {
    yield {
      code: 'access/admin-scope',
      message: `the workforce client ${federation.spec.client.name} has the admin scope: people of every tenant would have it`,
      at: at(federation, 'spec', 'client', 'scopes'),
      hint: 'remove the scope',
    };
  }
};
