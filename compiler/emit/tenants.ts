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
  return {
    value: value as Json,
    sources: [
      { path: [], origin: at(model.environment) },
      ...(federation === undefined ? [] : [{ path: ['federation'], origin: at(federation, 'spec') }]),
      ...model.tenants.flatMap(tenantSources),
    ],
  };
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

function tenantSources(tenant: ResolvedTenant): Source[] {
  const base = ['tenants', tenant.name];
  return [
    { path: base, origin: at(tenant.resource) },
    ...(['displayName', 'owners', 'costCenter', 'orgUnit', 'formerly'] as const).map((field) => ({
      path: [...base, field],
      origin: at(tenant.resource, 'metadata', field),
    })),
    ...(['tier', 'groups', 'clients'] as const).map((field) => ({
      path: [...base, field],
      origin: at(tenant.resource, 'spec', field),
    })),
    ...decidedFields.map((field) => ({ path: [...base, ...field], origin: tenant.origin(...field) })),
    ...[...tenant.budget.models.keys()].map((model) => ({
      path: [...base, 'budget', 'models', model],
      origin: tenant.origin('budget', 'models', model, 'monthlyUsd'),
    })),
  ];
}
