/** A few tenants that are checked together. */
export interface Shard<T> {
  /** Of the first. */
  readonly name: string;
  readonly tenants: readonly T[];
}

const averageSize = 64;

/**
 * Cuts tenants into shards of neighbours. Where a shard ends is decided by the name of its last tenant, not by its
 * place, so that a tenant more or less moves no other border.
 */
export function* shardsOf<T extends { readonly name: string }>(tenants: readonly T[]): Iterable<Shard<T>> {
  let start = 0;
  for (const [index, { name }] of tenants.entries()) {
    if (index < tenants.length - 1 && hash(name) % averageSize !== 0) continue;
    yield { name: tenants[start]?.name ?? '', tenants: tenants.slice(start, index + 1) };
    start = index + 1;
  }
}

function hash(text: string): number {
  let value = 0;
  for (let index = 0; index < text.length; index += 1) value = (Math.imul(value, 31) + text.charCodeAt(index)) >>> 0;
  return value;
}
