import type { TenantDirectory } from '../../contract/artifacts/tenants.ts';
import type { Json } from '../../contract/canonical.ts';
import { clientKey, schemaVersion } from '../../contract/vocabulary.ts';
import type { Model, ResolvedTenant } from '../resolve/model.ts';
import { at, type Resource } from '../resolve/resources.ts';
import type { Emitted, Source } from './emitted.ts';

export function emitTenants(model: Model): Emitted {
  const federation = model.resources.federation;
  const value: TenantDirectory = {
    schemaVersion,
    environment: model.environment.name,
    federation: federation === undefined ? null : federationEntry(federation),
    tenants: Object.fromEntries(model.tenants.map((tenant) => [tenant.name, tenantEntry(tenant)])),
  };
  const sources: Source[] = [{ path: [], origin: at(model.environment) }];
  if (federation !== undefined) sources.push({ path: ['federation'], origin: at(federation, 'spec') });
  for (const tenant of model.tenants) addSources(sources, tenant);
  return { value: value as Json, sources };
}

function federationEntry(federation: Resource<'Federation'>): TenantDirectory['federation'] {
  return {
    client: clientKey(federation.name, federation.spec.client.name),
    tenantClaim: federation.spec.tenantClaim,
    identityProviders: federation.spec.identityProviders,
  };
}

function tenantEntry(tenant: ResolvedTenant): TenantDirectory['tenants'][string] {
  const { metadata, spec } = tenant.resource;
  const { limits, budget } = tenant;
  return {
    displayName: metadata.displayName,
    owners: [...metadata.owners],
    costCenter: metadata.costCenter,
    orgUnit: metadata.orgUnit ?? null,
    formerly: [...metadata.formerly],
    status: tenant.status,
    tier: tenant.tier,
    groups: [...spec.groups],
    clients: spec.clients.map((client) => clientKey(tenant.name, client.name)),
    limits: {
      requestsPerMinute: limits.requestsPerMinute ?? null,
      tokensPerDay: limits.tokensPerDay ?? null,
    },
    budget: {
      monthlyUsd: budget.monthlyUsd ?? null,
      timezone: budget.timezone,
      alertsAtPercent: [...budget.alertsAtPercent],
      onExceeded: budget.onExceeded,
      models: Object.fromEntries([...budget.models].map(([model, monthlyUsd]) => [model, { monthlyUsd }])),
    },
  };
}

const decidedFields = [
  ['status'],
  ['limits', 'requestsPerMinute'],
  ['limits', 'tokensPerDay'],
  ['budget', 'monthlyUsd'],
  ['budget', 'timezone'],
  ['budget', 'alertsAtPercent'],
  ['budget', 'onExceeded'],
] as const;

function addSources(sources: Source[], tenant: ResolvedTenant): void {
  const { name, resource } = tenant;
  sources.push({ path: ['tenants', name], origin: at(resource) });
  for (const field of ['displayName', 'owners', 'costCenter', 'orgUnit', 'formerly'] as const) {
    sources.push({ path: ['tenants', name, field], origin: at(resource, 'metadata', field) });
  }
  for (const field of ['tier', 'groups', 'clients'] as const) {
    sources.push({ path: ['tenants', name, field], origin: at(resource, 'spec', field) });
  }
  for (const field of decidedFields) {
    sources.push({ path: ['tenants', name, ...field], origin: tenant.origin(...field) });
  }
  for (const model of tenant.budget.models.keys()) {
    const origin = tenant.origin('budget', 'models', model, 'monthlyUsd');
    sources.push({ path: ['tenants', name, 'budget', 'models', model], origin });
  }
}
