import { createHash } from 'node:crypto';

/** As `digest` in contract/canonical.ts, natively: a plan hashes the settings of every client. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
