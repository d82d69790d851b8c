import type { JsonObject } from '../../contract/canonical.ts';
import type { TestRequest } from './engine.ts';

export interface Access {
  /** App client id by client key. */
  readonly clients: Readonly<Record<string, string>>;
  /** The full scope, `<resourceServer>/invoke`. */
  readonly invokeScope: string;
}

/** Claims of the token that a request carries, as Cognito makes them; both engines show the same to the gateway. */
export function claimsOf(
  { credential, client, claims }: TestRequest,
  issuer: string,
  { clients, invokeScope }: Access,
  now: number,
): JsonObject {
  const clientId = clients[client] ?? '';
  const expires = credential === 'expired' ? now - 3600 : now + 3600;
  const iss = credential === 'wrong-issuer' ? `${issuer}.example` : issuer;
  const common = { ...claims, iss, sub: '5c1d7c1e-config-tests', iat: expires - 3600, exp: expires };
  // Cognito's id token names the app client as audience and has no scope.
  if (credential === 'id-token') return { ...common, aud: clientId, token_use: 'id' };
  return {
    ...common,
    client_id: credential === 'unknown-client' ? 'not-registered' : clientId,
    token_use: 'access',
    scope: credential === 'without-scope' ? 'openid' : invokeScope,
  };
}
