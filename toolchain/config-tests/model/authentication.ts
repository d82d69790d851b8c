import { type Access, claimsOf } from '../claims.ts';
import type { TestRequest } from '../engine.ts';
import type { Gateway } from './config.ts';
import { type Answer, type Exchange, plainText, setClaims } from './exchange.ts';

const reasons: Readonly<Partial<Record<TestRequest['credential'], string>>> = {
  missing: 'no bearer token found',
  expired: 'the token is invalid or malformed: Error(ExpiredSignature)',
  'wrong-issuer': 'the token is invalid or malformed: Error(InvalidIssuer)',
};

const now = 1_700_000_000;

/** Lets the claims of a valid token be seen, or answers 401. */
export function authenticate(gateway: Gateway, exchange: Exchange, access: Access): Answer | undefined {
  if (gateway.jwtAuth === undefined) return undefined;
  const { request } = exchange;
  const reason = reasons[request.credential];
  if (reason !== undefined) return plainText(401, `authentication failure: ${reason}`);
  setClaims(exchange, claimsOf(request, gateway.jwtAuth.issuer, access, now));
  return undefined;
}
