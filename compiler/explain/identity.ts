import { appClientName, clientKey, credentialsName, fullScope } from '../../contract/vocabulary.ts';
import { at } from '../resolve/resources.ts';
import type { Present } from './explanation.ts';
import type { Subject } from './subject.ts';

/** App clients: who may act for the tenant without being a person. */
export function clientsOf({ model, tenant, places, question }: Subject): Present['clients'] {
  const { environment } = model;
  const { resource } = tenant;
  return resource.spec.clients.flatMap((client, index) => {
    if (question.client !== undefined && client.name !== question.client) return [];
    const key = clientKey(tenant.name, client.name);
    const origin = (...path: string[]) => at(resource, 'spec', 'clients', index, ...path);
    const scopes = client.scopes.map((scope) => fullScope(environment.spec.access.resourceServer, scope));
    return [
      {
        name: client.name,
        key,
        scopes: places.decided(scopes, origin('scopes')),
        mayInvoke: client.scopes.includes('invoke'),
        accessTokenMinutes: places.decided(client.accessTokenMinutes, origin('accessTokenMinutes')),
        cognitoName: appClientName(environment.name, key),
        secret: credentialsName(environment.name, key),
        place: places.of(origin('name')),
      },
    ];
  });
}

/** People act for the tenant through the groups of their identity provider and the one client of the federation. */
export function peopleOf({ model, tenant, places, question }: Subject): Present['people'] {
  const { resource } = tenant;
  if (question.client !== undefined) return { groups: [], client: null };
  const groups = resource.spec.groups.map((name, index) => ({
    name,
    place: places.of(at(resource, 'spec', 'groups', index)),
  }));
  const { federation } = model.resources;
  if (federation === undefined || groups.length === 0) return { groups, client: null };
  const { client, tenantClaim } = federation.spec;
  const { environment } = model;
  const key = clientKey(federation.name, client.name);
  return {
    groups,
    client: {
      key,
      cognitoName: appClientName(environment.name, key),
      scopes: client.scopes.map((scope) => fullScope(environment.spec.access.resourceServer, scope)),
      accessTokenMinutes: client.accessTokenMinutes,
      tenantClaim,
      place: places.of(at(federation, 'spec', 'client')),
    },
  };
}
