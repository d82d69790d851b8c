/** Words that the configuration, the artifacts and the deployer share. */

export const apiVersion = 'gatewright/v1';

/** Version of every artifact's shape; a change to it changes every release id. */
export const schemaVersion = 1;

export const environmentClasses = ['local', 'dev', 'prod'] as const;

/** OAuth scopes below an environment's resource server. */
export const scopes = ['invoke', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** A scope as tokens and app clients name it. */
export function fullScope(resourceServer: string, scope: Scope): string {
  return `${resourceServer}/${scope}`;
}

export const risks = ['safe', 'caution', 'dangerous'] as const;
export type Risk = (typeof risks)[number];

/** `<tenant>/<client>`: how an app client is named everywhere but in Cognito itself. */
export type ClientKey = string;

/** Stands for a tenant in the table: the tenant is read from the claim of a workforce token. */
export const claimedTenant = '@claim';

export function clientKey(tenant: string, client: string): ClientKey {
  return `${tenant}/${client}`;
}

/** The Cognito name. Tenant and client are DNS labels, so the dots separate without ambiguity. */
export function appClientName(environment: string, key: ClientKey): string {
  return `gatewright.${environment}.${key.replace('/', '.')}`;
}

/** The Secrets Manager name under which a tenant finds the credentials of one app client. */
export function credentialsName(environment: string, key: ClientKey): string {
  return `gatewright/${environment}/${key}`;
}

/** Bucket names are global, so the account is part of them. Everything else that Terraform makes is named in infra.json. */
export function releaseBucketName(environment: string, account: string): string {
  return `gatewright-${environment}-${account}`;
}
