import { z } from 'zod';
import { AwsError } from './answers.ts';
import { seconds } from './context.ts';

const unit = z.enum(['seconds', 'minutes', 'hours', 'days']);
const list = z.array(z.string()).optional();

export const clientName = z.string().regex(/^[\w\s+=,.@-]{1,128}$/);

/** The settings that Create and Update take. */
const settingsShape = {
  RefreshTokenValidity: z.int().nonnegative().optional(),
  AccessTokenValidity: z.int().positive().optional(),
  IdTokenValidity: z.int().positive().optional(),
  TokenValidityUnits: z
    .object({ AccessToken: unit.optional(), IdToken: unit.optional(), RefreshToken: unit.optional() })
    .optional(),
  ReadAttributes: list,
  WriteAttributes: list,
  ExplicitAuthFlows: z
    .array(z.string().regex(/^(ALLOW_[A-Z_]+|ADMIN_NO_SRP_AUTH|CUSTOM_AUTH_FLOW_ONLY|USER_PASSWORD_AUTH)$/))
    .optional(),
  SupportedIdentityProviders: list,
  CallbackURLs: z.array(z.string()).max(100).optional(),
  LogoutURLs: z.array(z.string()).max(100).optional(),
  DefaultRedirectURI: z.string().optional(),
  AllowedOAuthFlows: z
    .array(z.enum(['code', 'implicit', 'client_credentials']))
    .max(3)
    .optional(),
  AllowedOAuthScopes: z.array(z.string()).max(50).optional(),
  AllowedOAuthFlowsUserPoolClient: z.boolean().optional(),
  PreventUserExistenceErrors: z.enum(['LEGACY', 'ENABLED']).optional(),
  EnableTokenRevocation: z.boolean().optional(),
  EnablePropagateAdditionalUserContextData: z.boolean().optional(),
  AuthSessionValidity: z.int().min(3).max(15).optional(),
};

export const createClientInput = z.object({
  UserPoolId: z.string(),
  ClientName: clientName,
  GenerateSecret: z.boolean().optional(),
  ClientSecret: z.undefined('custom secrets are not modelled').optional(),
  ...settingsShape,
});

export const updateClientInput = z.object({
  UserPoolId: z.string(),
  ClientId: z.string(),
  ClientName: clientName.optional(),
  GenerateSecret: z.undefined('not a member of UpdateUserPoolClient').optional(),
  ClientSecret: z.undefined('not a member of UpdateUserPoolClient').optional(),
  ...settingsShape,
});

const settingsInput = z.object(settingsShape);
export type SettingsInput = z.infer<typeof settingsInput>;

export interface ClientRecord {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly ClientName: string;
  readonly ClientSecret?: string;
  readonly CreationDate: string;
  readonly LastModifiedDate: string;
  readonly settings: SettingsInput;
}

export interface PoolRecord {
  readonly id: string;
  readonly resourceServers: readonly ResourceServer[];
  /** Names; COGNITO is always there. */
  readonly identityProviders: readonly string[];
}

export interface ResourceServer {
  readonly UserPoolId: string;
  readonly Identifier: string;
  readonly Name: string;
  readonly Scopes: readonly { readonly ScopeName: string; readonly ScopeDescription: string }[];
}

/** What a request says, and Cognito's default for everything it leaves out: also in an update. */
export function completeSettings(input: SettingsInput): SettingsInput {
  const given = settingsInput.parse(input);
  return {
    ...given,
    RefreshTokenValidity: given.RefreshTokenValidity || 30,
    AllowedOAuthFlowsUserPoolClient: given.AllowedOAuthFlowsUserPoolClient ?? false,
    PreventUserExistenceErrors: given.PreventUserExistenceErrors ?? 'LEGACY',
    EnableTokenRevocation: given.EnableTokenRevocation ?? true,
    EnablePropagateAdditionalUserContextData: given.EnablePropagateAdditionalUserContextData ?? false,
    AuthSessionValidity: given.AuthSessionValidity ?? 3,
  };
}

export function checkSettings(pool: PoolRecord, settings: SettingsInput, hasSecret: boolean): void {
  checkFlows(settings, hasSecret);
  checkScopes(pool, settings);
  checkUrls(settings);
  const units = settings.TokenValidityUnits;
  checkValidity('AccessToken', settings.AccessTokenValidity, units?.AccessToken ?? 'hours', 300, 86_400);
  checkValidity('IdToken', settings.IdTokenValidity, units?.IdToken ?? 'hours', 300, 86_400);
  checkValidity('RefreshToken', settings.RefreshTokenValidity, units?.RefreshToken ?? 'days', 3600, 315_360_000);
  for (const name of settings.SupportedIdentityProviders ?? []) {
    if (name === 'COGNITO' || pool.identityProviders.includes(name)) continue;
    throw invalid(`The provider ${name} does not exist for User Pool ${pool.id}.`);
  }
}

function checkFlows(settings: SettingsInput, hasSecret: boolean): void {
  const flows = settings.AllowedOAuthFlows ?? [];
  const scopes = settings.AllowedOAuthScopes ?? [];
  const enabled = settings.AllowedOAuthFlowsUserPoolClient === true;
  if (enabled !== flows.length > 0 || enabled !== scopes.length > 0) {
    throw invalid('AllowedOAuthFlows and AllowedOAuthScopes go together with AllowedOAuthFlowsUserPoolClient.');
  }
  if (flows.includes('client_credentials')) {
    if (flows.length > 1) throw invalidFlow('client_credentials flow can not be selected along with code or implicit.');
    if (!hasSecret) throw invalidFlow('client_credentials flow can not be selected if client has no client secret.');
  }
  const explicit = settings.ExplicitAuthFlows ?? [];
  if (explicit.includes('ALLOW_CLIENT_TOKEN_AUTH') && explicit.length > 1) {
    throw invalid('ALLOW_CLIENT_TOKEN_AUTH must be the only explicit auth flow.');
  }
}

const standardScopes = ['phone', 'email', 'openid', 'profile', 'aws.cognito.signin.user.admin'];

function checkScopes(pool: PoolRecord, settings: SettingsInput): void {
  const machine = settings.AllowedOAuthFlows?.includes('client_credentials') === true;
  const custom = pool.resourceServers.flatMap((server) =>
    server.Scopes.map((scope) => `${server.Identifier}/${scope.ScopeName}`),
  );
  for (const scope of settings.AllowedOAuthScopes ?? []) {
    if (custom.includes(scope)) continue;
    if (!standardScopes.includes(scope)) {
      throw new AwsError('ScopeDoesNotExistException', `Invalid scope requested: ${scope}`);
    }
    if (machine) throw invalid(`${scope} is no custom scope of a resource server, as client_credentials needs.`);
  }
}

function checkUrls(settings: SettingsInput): void {
  const callbacks = settings.CallbackURLs ?? [];
  const needed = (settings.AllowedOAuthFlows ?? []).some((flow) => flow !== 'client_credentials');
  if (needed && callbacks.length === 0) throw invalid('CallbackURLs are required for the code and implicit flows.');
  for (const text of [...callbacks, ...(settings.LogoutURLs ?? [])]) {
    const url = URL.canParse(text) ? new URL(text) : null;
    const local = /^http:\/\/localhost(?=[:/]|$)/.test(text);
    if (url?.hash !== '' || (url.protocol === 'http:' && !local)) throw invalid(`${text} is not a valid redirect URL.`);
  }
  const fallback = settings.DefaultRedirectURI;
  if (fallback !== undefined && !callbacks.includes(fallback)) throw invalid('DefaultRedirectURI is no callback URL.');
}

const secondsIn = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

function checkValidity(
  token: string,
  value: number | undefined,
  unitName: z.infer<typeof unit>,
  least: number,
  most: number,
): void {
  if (value === undefined) return;
  const duration = value * secondsIn[unitName];
  if (duration >= least && duration <= most) return;
  throw invalid(`Invalid range for token validity: ${token} must be valid for ${least} to ${most} seconds.`);
}

/** Cognito keeps no order in lists and leaves empty ones out. */
export function describeClient(record: ClientRecord): object {
  const { settings, CreationDate, LastModifiedDate, ...identity } = record;
  const members = Object.entries(settings).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  const unordered = members.map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]);
  const dates = { CreationDate: seconds(CreationDate), LastModifiedDate: seconds(LastModifiedDate) };
  return { ...identity, ...dates, ...Object.fromEntries(unordered) };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

function invalidFlow(message: string): AwsError {
  return new AwsError('InvalidOAuthFlowException', message);
}
