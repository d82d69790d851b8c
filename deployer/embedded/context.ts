import type { RateLimit } from './rate-limit.ts';
import type { Script } from './script.ts';
import type { Collection, Store } from './store.ts';

/** What the service modules receive instead of reaching for a clock, randomness or the file system. */
export interface Context {
  readonly store: Store;
  readonly account: Collection<Account>;
  readonly script: Script;
  /** Null: no throttling. */
  readonly poolRate: RateLimit | null;
  /** App clients that one user pool may have. */
  readonly clientQuota: number;
  /** Caps every page of a listing below what AWS allows. */
  readonly pageSize: number;
  now(): Date;
  /** A fresh identifier: 26 lower-case letters and digits, as Cognito's client ids are. */
  id(): string;
}

/** Where all resources live. One state directory stands for one account and region. */
export interface Account {
  readonly region: string;
  readonly account: string;
}

export const accountId = 'account';

export function accountOf(context: Context): Account {
  return context.account.get(accountId) ?? { region: 'us-east-1', account: '000000000000' };
}

export function arn(context: Context, service: string, resource: string): string {
  const { region, account } = accountOf(context);
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** AWS JSON carries points in time as seconds; records keep them readable. */
export function seconds(iso: string): number {
  return Date.parse(iso) / 1000;
}

/** Opaque page tokens: they mean nothing to a client, and a foreign one is refused by its reader. */
export function encodePageToken(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

export function decodePageToken(token: string): string {
  return Buffer.from(token, 'base64url').toString('utf8');
}
