import { generateKeyPairSync, sign } from 'node:crypto';
import type { Json } from '../../../contract/canonical.ts';
import type { TestRequest } from '../engine.ts';

export interface Issuer {
  /** The public key set, as the gateway takes it inline. */
  readonly jwks: string;
  /** The token that a request carries; undefined: none. */
  token(request: TestRequest, access: Access): string | undefined;
}

export interface Access {
  readonly issuer: string;
  /** The full scope, `<resourceServer>/invoke`. */
  readonly invokeScope: string;
  /** App client id of the request's client. */
  readonly clientId: string;
}

const keyId = 'config-tests';

/** Signs tokens as Cognito does, with a key that lives as long as this object. */
export function localIssuer(): Issuer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' };
  return {
    jwks: JSON.stringify({ keys: [key] }),
    token(request, access) {
      if (request.credential === 'missing') return undefined;
      const header = encode({ alg: 'RS256', kid: keyId, typ: 'JWT' });
      const signed = `${header}.${encode(claimsOf(request, access, Math.floor(Date.now() / 1000)))}`;
      return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
}

function claimsOf(
  { credential, claims }: TestRequest,
  access: Access,
  now: number,
): { readonly [claim: string]: Json } {
  const expires = credential === 'expired' ? now - 3600 : now + 3600;
  const issuer = credential === 'wrong-issuer' ? `${access.issuer}.example` : access.issuer;
  const common = { ...claims, iss: issuer, sub: '5c1d7c1e-config-tests', iat: expires - 3600, exp: expires };
  // Cognito's id token names the app client as audience and has no scope.
  if (credential === 'id-token') return { ...common, aud: access.clientId, token_use: 'id' };
  return {
    ...common,
    client_id: credential === 'unknown-client' ? 'not-registered' : access.clientId,
    token_use: 'access',
    scope: credential === 'without-scope' ? 'openid' : access.invokeScope,
  };
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
