import { generateKeyPairSync, sign } from 'node:crypto';
import type { Json } from '../../../contract/canonical.ts';
import { type Access, claimsOf } from '../claims.ts';
import type { TestRequest } from '../engine.ts';

interface Issuer {
  /** The public key set, as the gateway takes it inline. */
  readonly jwks: string;
  /** The token that a request carries; undefined: none. */
  token(request: TestRequest): string | undefined;
}

const keyId = 'config-tests';

/** Signs tokens as Cognito does, under the name of `issuer`, with a key that lives as long as this object. */
export function localIssuer(issuer: string, access: Access): Issuer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' };
  return {
    jwks: JSON.stringify({ keys: [key] }),
    token(request) {
      if (request.credential === 'missing') return undefined;
      const header = encode({ alg: 'RS256', kid: keyId, typ: 'JWT' });
      const claims = claimsOf(request, issuer, access, Math.floor(Date.now() / 1000));
      const signed = `${header}.${encode(claims)}`;
      return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
