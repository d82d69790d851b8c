import { readFileSync } from 'node:fs';

/** Expressions in a direct response of the real gateway (v1.4.1), with what it answered; null: no value. */
interface Seen {
  /** Of the request that was answered. */
  readonly body: string;
  readonly expressions: readonly { readonly cel: string; readonly value: string | null }[];
}

export const seenFile = new URL('cel-seen.json', import.meta.url);
export const seen = JSON.parse(readFileSync(seenFile, 'utf8')) as Seen;

/** What the expressions can read as metadata. */
export const metadata = { five: '5', neg: '-5', list: '[1, 2.5]', bytes: 'bytes("ab")' } as const;
