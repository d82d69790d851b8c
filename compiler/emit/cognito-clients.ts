import type { AppClient, AppClientSettings, CognitoClients } from '../../contract/artifacts/cognito-clients.ts';
import type { Json } from '../../contract/canonical.ts';
import {
  appClientName,
  clientKey,
  credentialsName,
  fullScope,
  type Scope,
  schemaVersion,
} from '../../contract/vocabulary.ts';
import type { Model, ResolvedTenant } from '../resolve/model.ts';
import { at } from '../resolve/resources.ts';
import type { Emitted, Source } from './emitted.ts';

export function emitCognitoClients(model: Model): Emitted {
  const { environment, resources } = model;
  const clients: CognitoClients['clients'] = {};
  const retired: CognitoClients['retired'] = {};
  const sources: Source[] = [
    { path: [], origin: at(environment) },
    { path: ['deletion'], origin: at(environment, 'spec', 'safety') },
  ];
  for (const tenant of model.tenants) {
    tenant.resource.spec.clients.forEach((client, index) => {
      const key = clientKey(tenant.name, client.name);
      if (tenant.status === 'retired') {
        retired[key] = tenant.retiredOn ?? model.date;
        sources.push({ path: ['retired', key], origin: tenant.origin('retiredOn') });
        return;
      }
      clients[key] = machineClient(model, tenant, client);
      sources.push({ path: ['clients', key], origin: at(tenant.resource, 'spec', 'clients', index) });
    });
  }
  const federation = resources.federation;
  if (federation !== undefined) {
    const key = clientKey(federation.name, federation.spec.client.name);
    clients[key] = workforceClient(model, key, federation.spec);
    sources.push({ path: ['clients', key], origin: at(federation, 'spec', 'client') });
  }
  const { deletes, quarantineDays, acknowledge } = environment.spec.safety;
  const value: CognitoClients = {
    schemaVersion,
    environment: environment.name,
    clients,
    retired,
    deletion: {
      quarantineDays,
      limit: deletes,
      acknowledged: acknowledge.map(({ upTo, until, reason }) => ({ upTo, until, reason })),
    },
  };
  return { value: value as Json, sources };
}

function machineClient(
  model: Model,
  tenant: ResolvedTenant,
  client: { readonly name: string; readonly scopes: readonly Scope[]; readonly accessTokenMinutes: number },
): AppClient {
  const environment = model.environment.name;
  const key = clientKey(tenant.name, client.name);
  return {
    kind: 'machine',
    credentials: credentialsName(environment, key),
    formerly: tenant.resource.metadata.formerly.map((former) => clientKey(former, client.name)),
    settings: {
      ...commonSettings(appClientName(environment, key), client.accessTokenMinutes),
      AllowedOAuthScopes: fullScopes(model, client.scopes),
      AllowedOAuthFlows: ['client_credentials'],
      SupportedIdentityProviders: [],
      CallbackURLs: [],
      LogoutURLs: [],
    },
  };
}

function workforceClient(
  model: Model,
  key: string,
  spec: NonNullable<Model['resources']['federation']>['spec'],
): AppClient {
  return {
    kind: 'workforce',
    credentials: null,
    formerly: [],
    settings: {
      ...commonSettings(appClientName(model.environment.name, key), spec.client.accessTokenMinutes),
      AllowedOAuthScopes: ['openid', ...fullScopes(model, spec.client.scopes)],
      AllowedOAuthFlows: ['code'],
      SupportedIdentityProviders: spec.identityProviders.map((provider) => provider.name).sort(),
      CallbackURLs: [...spec.client.callbackUrls],
      LogoutURLs: [...spec.client.logoutUrls],
    },
  };
}

type Common = Omit<
  AppClientSettings,
  'AllowedOAuthScopes' | 'AllowedOAuthFlows' | 'SupportedIdentityProviders' | 'CallbackURLs' | 'LogoutURLs'
>;

function commonSettings(name: string, accessTokenMinutes: number): Common {
  return {
    ClientName: name,
    AccessTokenValidity: accessTokenMinutes,
    IdTokenValidity: accessTokenMinutes,
    RefreshTokenValidity: 1,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
    ReadAttributes: [],
    WriteAttributes: [],
    // An empty list would mean Cognito's default, which allows passwords.
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    AllowedOAuthFlowsUserPoolClient: true,
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    AuthSessionValidity: 3,
  };
}

function fullScopes(model: Model, scopes: readonly Scope[]): string[] {
  return scopes.map((scope) => fullScope(model.environment.spec.access.resourceServer, scope)).sort();
}
