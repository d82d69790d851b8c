import { createHash } from 'node:crypto';
import type { Entry } from './listing.ts';

/** Whether git would store `content` under the id of `entry`: as it stands, before any filter or conversion of line ends. */
export function isBlob(content: Uint8Array, { id, size }: Pick<Entry, 'id' | 'size'>): boolean {
  if (content.length !== size) return false;
  const hash = createHash(id.length === 40 ? 'sha1' : 'sha256');
  return hash.update(`blob ${size}\0`).update(content).digest('hex') === id;
}
