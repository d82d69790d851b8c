import { type Artifacts, type ReleaseArtifact, releaseArtifacts } from '../../contract/artifacts/artifacts.ts';
import type { AppClient, CognitoClients } from '../../contract/artifacts/cognito-clients.ts';
import { canonicalText, digest, type Json } from '../../contract/canonical.ts';
import {
  clientToken,
  guardrailToken,
  infraToken,
  linkedToken,
  releaseToken,
  secretToken,
} from '../../contract/tokens.ts';
import { appClientName, credentialsName } from '../../contract/vocabulary.ts';
import { day } from '../day.ts';

/** A small environment as a compile would give it: enough for everything that the deployer acts on. */

export const environment = 'local';
export const resourceServer = 'https://gateway.example.com';

export interface ClientWish {
  readonly minutes?: number;
  readonly scopes?: readonly ('invoke' | 'admin')[];
  readonly formerly?: readonly string[];
}

export interface Wish {
  /** Client key → what differs from the defaults. */
  readonly clients?: Readonly<Record<string, ClientWish>>;
  readonly workforce?: boolean;
  readonly budgets?: Readonly<Record<string, string>>;
  readonly retired?: Readonly<Record<string, string>>;
  readonly deletion?: Partial<CognitoClients['deletion']>;
  /** Guardrail name → digest. */
  readonly guardrails?: Readonly<Record<string, string>>;
  /** Further text of the gateway config, for instance tokens. */
  readonly note?: string;
  readonly account?: string;
}

export const secretName = 'openai-key';

export function artifactsOf(wish: Wish): Artifacts {
  const bodies: Record<ReleaseArtifact, Json> = {
    'agentgateway.json': gatewayConfig(wish),
    'cognito-clients.json': clientsOf(wish) as Json,
    'cost-table.json': { schemaVersion: 1, currency: 'USD', unit: '1M tokens', version: 'v', rows: [] },
    'decision-table.json': {
      schemaVersion: 1,
      environment,
      clients: Object.fromEntries(keysOf(wish).map((key) => [key, key.slice(0, key.indexOf('/'))])),
      tenants: {},
      classes: {},
      rules: {},
      surfaces: {},
    },
    'guardrails.json': guardrailsOf(wish),
    'task.json': taskOf(wish),
    'tenants.json': tenantsOf(wish),
  };
  const texts = mapArtifacts((name) => canonicalText(bodies[name]));
  const manifest = { schemaVersion: 1, environment, artifacts: mapArtifacts((name) => digest(texts[name])) };
  const manifestText = canonicalText(manifest);
  const provenance = {
    schemaVersion: 1,
    environment,
    release: digest(manifestText),
    commit: null,
    inputs: digest(''),
    date: day,
    toolVersion: '0.0.0',
  };
  return {
    ...texts,
    'enforcement.json': canonicalText({ schemaVersion: 1, environment, statements: {}, guardrails: {} }),
    'ratelimit.json': canonicalText({ domain: `gatewright-${environment}` }),
    'manifest.json': manifestText,
    'provenance.json': canonicalText(provenance),
    'sourcemap.json': canonicalText({ schemaVersion: 1, environment, artifacts: {} }),
  };
}

function mapArtifacts<T>(of: (name: ReleaseArtifact) => T): Record<ReleaseArtifact, T> {
  return Object.fromEntries(releaseArtifacts.map((name) => [name, of(name)])) as Record<ReleaseArtifact, T>;
}

function keysOf({ clients = {}, workforce = false }: Wish): string[] {
  return [...Object.keys(clients), ...(workforce ? ['federation/workforce'] : [])];
}

function gatewayConfig(wish: Wish): Json {
  return {
    release: releaseToken,
    jwt: { issuer: infraToken('issuer') },
    clients: Object.fromEntries(keysOf(wish).map((key) => [clientToken(key), key])),
    budgets: { ...wish.budgets },
    guardrails: Object.keys(wish.guardrails ?? {}).map((name) => guardrailToken(name, 'version')),
    note: wish.note ?? '',
  };
}

function clientsOf(wish: Wish): CognitoClients {
  const machines = Object.entries(wish.clients ?? {}).map(([key, client]) => [key, machine(key, client)]);
  const workforce = wish.workforce === true ? { 'federation/workforce': workforceClient() } : {};
  const deletion = { quarantineDays: 14, limit: { count: 5, percent: 10 }, acknowledged: [], ...wish.deletion };
  const clients = { ...(Object.fromEntries(machines) as Record<string, AppClient>), ...workforce };
  return { schemaVersion: 1, environment, clients, retired: { ...wish.retired }, deletion };
}

function settings(
  key: string,
  minutes: number,
): Omit<AppClient['settings'], 'AllowedOAuthFlows' | 'AllowedOAuthScopes'> {
  return {
    ClientName: appClientName(environment, key),
    AccessTokenValidity: minutes,
    IdTokenValidity: minutes,
    RefreshTokenValidity: 1,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
    ReadAttributes: [],
    WriteAttributes: [],
    ExplicitAuthFlows: [],
    SupportedIdentityProviders: [],
    CallbackURLs: [],
    LogoutURLs: [],
    AllowedOAuthFlowsUserPoolClient: true,
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    AuthSessionValidity: 3,
  };
}

function machine(key: string, { minutes = 60, scopes = ['invoke'], formerly = [] }: ClientWish): AppClient {
  const AllowedOAuthScopes = scopes.map((scope) => `${resourceServer}/${scope}`);
  return {
    kind: 'machine',
    credentials: credentialsName(environment, key),
    formerly: [...formerly],
    settings: { ...settings(key, minutes), AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes },
  };
}

function workforceClient(): AppClient {
  return {
    kind: 'workforce',
    credentials: null,
    formerly: [],
    settings: {
      ...settings('federation/workforce', 60),
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', `${resourceServer}/invoke`],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      SupportedIdentityProviders: ['okta'],
      CallbackURLs: ['https://portal.example.com/callback'],
    },
  };
}

function guardrailsOf({ guardrails = {} }: Wish): Json {
  const bedrock = {
    contentFilters: [],
    piiEntities: [],
    topics: [],
    profanity: true,
    words: [],
    wordAction: 'BLOCK',
  };
  const common = {
    bedrock,
    mode: 'enforce',
    phases: ['request'],
    streaming: 'guard',
    patterns: [],
    webhook: null,
    rejection: { status: 403, message: 'blocked' },
  };
  const entries = Object.entries(guardrails).map(([name, value]) => [name, { ...common, digest: value }]);
  return { schemaVersion: 1, environment, mandatory: [], guardrails: Object.fromEntries(entries) };
}

function taskOf({ account = '000000000000' }: Wish): Json {
  const image = `example.com/agentgateway@sha256:${'a'.repeat(64)}`;
  const mount = { volume: 'config', path: '/etc/gatewright' };
  const container = { command: [], environment: {}, secrets: {}, dependsOn: [], ports: [], labels: {} };
  return {
    schemaVersion: 1,
    environment,
    aws: { region: 'us-east-1', account },
    gateway: { port: 4000, opsPort: 4001 },
    health: { port: 15021, path: '/healthz/ready' },
    volumes: ['config'],
    containers: [
      {
        ...container,
        name: 'config-init',
        image: infraToken('configInitImage'),
        essential: false,
        environment: { GATEWRIGHT_CONFIG_DIGEST: linkedToken, GATEWRIGHT_CONFIG_KEY: `linked/${linkedToken}` },
        mounts: [{ ...mount, readOnly: false }],
      },
      {
        ...container,
        name: 'gateway',
        image,
        essential: true,
        ports: [4000, 4001],
        secrets: { GW_SECRET_OPENAI_KEY: secretToken(secretName) },
        dependsOn: [{ container: 'config-init', condition: 'SUCCESS' }],
        mounts: [{ ...mount, readOnly: true }],
      },
    ],
  };
}

function tenantsOf({ clients = {}, budgets = {} }: Wish): Json {
  const keys = new Map<string, string[]>(Object.keys(budgets).map((name) => [name, []]));
  for (const key of Object.keys(clients)) {
    const name = key.split('/')[0] ?? '';
    keys.set(name, [...(keys.get(name) ?? []), key]);
  }
  const entries = [...keys].map(([name, ofTenant]) => [name, tenantOf(name, ofTenant, budgets[name] ?? '100.00')]);
  return { schemaVersion: 1, environment, federation: null, tenants: Object.fromEntries(entries) };
}

function tenantOf(name: string, clients: readonly string[], monthlyUsd: string): Json {
  return {
    displayName: name,
    owners: ['@acme/owners'],
    costCenter: 'CC-1',
    orgUnit: null,
    formerly: [],
    status: 'active',
    tier: 'standard',
    groups: [],
    clients,
    limits: { requestsPerMinute: 100, tokensPerDay: null },
    budget: { monthlyUsd, timezone: 'UTC', alertsAtPercent: [], onExceeded: 'reject', models: {} },
  };
}
