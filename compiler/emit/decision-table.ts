import type { Json } from '../../contract/canonical.ts';
import { clientKey } from '../../contract/vocabulary.ts';
import type { Model } from '../resolve/model.ts';
import { at } from '../resolve/resources.ts';
import type { Table } from '../table/table.ts';
import type { Emitted, Source } from './emitted.ts';

export function emitDecisionTable(model: Model, table: Table): Emitted {
  const { data, origins } = table;
  const sources: Source[] = [{ path: [], origin: at(model.environment) }];
  for (const tenant of model.tenants) {
    if (data.tenants[tenant.name] === undefined) continue;
    const field = tenant.status === 'suspended' ? 'status' : 'routing';
    sources.push({ path: ['tenants', tenant.name], origin: at(tenant.resource) });
    sources.push({ path: ['tenants', tenant.name, 'class'], origin: tenant.origin(field) });
    sources.push({
      path: ['tenants', tenant.name, 'costCenter'],
      origin: at(tenant.resource, 'metadata', 'costCenter'),
    });
    tenant.resource.spec.clients.forEach((client, index) => {
      const origin = at(tenant.resource, 'spec', 'clients', index);
      sources.push({ path: ['clients', clientKey(tenant.name, client.name)], origin });
    });
  }
  for (const [id, origin] of origins.classes) sources.push({ path: ['classes', id], origin });
  for (const [id, origin] of origins.rules) sources.push({ path: ['rules', id], origin });
  return { value: data as Json, sources };
}
