import type { Json } from '../../../contract/canonical.ts';
import type { TestRequest } from '../engine.ts';
import type { Gateway } from './config.ts';
import { type Answer, type Exchange, plainText, setClaims } from './exchange.ts';

export interface Access {
  /** App client id by client key. */
  readonly clients: Readonly<Record<string, string>>;
  /** The full scope, `<resourceServer>/invoke`. */
  readonly invokeScope: string;
}

const reasons: Readonly<Partial<Record<TestRequest['credential'], string>>> = {
  missing: 'no bearer token found',
  expired: 'the token is invalid or malformed: Error(ExpiredSignature)',
  'wrong-issuer': 'the token is invalid or malformed: Error(InvalidIssuer)',
};

/** Lets the claims of a valid token be seen, or answers 401. */
export function authenticate(gateway: Gateway, exchange: Exchange, access: Access): Answer | undefined {
  if (gateway.jwtAuth === undefined) return undefined;
  const { request } = exchange;
  const reason = reasons[request.credential];
  if (reason !== undefined) return plainText(401, `authentication failure: ${reason}`);
  setClaims(exchange, claimsOf(request, gateway.jwtAuth.issuer, access));
  return undefined;
}

const issued = 1_700_000_000;

function claimsOf({ credential, client, claims }: TestRequest, issuer: string, access: Access) {
  const clientId = access.clients[client] ?? '';
  const common: Record<string, Json> = { iss: issuer, sub: 'a-subject', iat: issued, exp: issued + 3600, ...claims };
  // An id token names the app client as audience and has no scope.
  if (credential === 'id-token') return { ...common, aud: clientId, token_use: 'id' };
  return {
    ...common,
    client_id: credential === 'unknown-client' ? 'not-registered' : clientId,
    token_use: 'access',
    scope: credential === 'without-scope' ? 'openid' : access.invokeScope,
  };
}
