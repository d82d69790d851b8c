import { z } from 'zod';
import { canonicalText } from '../contract/canonical.ts';
import { schemaVersion } from '../contract/vocabulary.ts';
import type { ReleaseBucket } from './bucket.ts';
import { lockObject } from './bucket-layout.ts';
import type { DeployOwner, DeployRequest } from './deploy-input.ts';
import { Halt } from './failure.ts';
import { storedOrHalt } from './stored.ts';
import type { Violation } from './violation.ts';

const lockSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  owner: z.strictObject({ id: z.string(), host: z.string(), pid: z.int() }),
  since: z.iso.datetime(),
  expires: z.iso.datetime(),
});
export type LockRecord = z.infer<typeof lockSchema>;

/** Long enough for a slow call with all its retries; a lock is renewed after a third of it. */
const leaseMilliseconds = 10 * 60_000;
/** How wrong clocks may be. */
const toleranceMilliseconds = 60_000;

type Locking = Pick<DeployRequest, 'owner' | 'now' | 'isAlive'>;
type Held = { readonly record: LockRecord; readonly etag: string };

/** One deploy at a time for one environment: S3 has no lock, only conditional writes. */
export class Lock {
  readonly tookOverFrom: LockRecord | null;
  readonly #bucket: ReleaseBucket;
  readonly #key: string;
  readonly #now: () => Date;
  #held: Held;

  private constructor(bucket: ReleaseBucket, key: string, now: () => Date, held: Held, before: LockRecord | null) {
    this.#bucket = bucket;
    this.#key = key;
    this.#now = now;
    this.#held = held;
    this.tookOverFrom = before;
  }

  static async acquire(bucket: ReleaseBucket, environment: string, by: Locking): Promise<Lock | Violation> {
    const key = lockObject(environment);
    const since = by.now();
    const record = lease(by.owner, since, since);
    // First as if nobody held it. Someone else may take or leave it between two looks; then it is looked at again.
    let current: Held | null = null;
    for (let round = 1; round <= 5; round += 1) {
      const etag: string | null = await bucket.replace(key, canonicalText(record), current?.etag ?? null);
      if (etag !== null) return new Lock(bucket, key, by.now, { record, etag }, current?.record ?? null);
      current = await readLock(bucket, environment);
      if (current !== null && !isAbandoned(current.record, by)) return heldBy(current.record);
    }
    return busy();
  }

  /** Renews the lease when a third of it is gone. Throws when somebody else has taken the lock. */
  async keep(): Promise<void> {
    const { owner, since, expires } = this.#held.record;
    const left = Date.parse(expires) - this.#now().getTime();
    if (left > (leaseMilliseconds * 2) / 3) return;
    const record = lease(owner, new Date(since), this.#now());
    const etag = await this.#bucket.replace(this.#key, canonicalText(record), this.#held.etag);
    if (etag === null) throw takenOver();
    this.#held = { record, etag };
  }

  /** Before what others would notice: throws when somebody else has taken the lock. */
  async verify(): Promise<void> {
    const stored = await this.#bucket.read(this.#key);
    if (stored?.etag !== this.#held.etag) throw takenOver();
  }

  async release(): Promise<void> {
    await this.#bucket.remove(this.#key, this.#held.etag);
  }
}

export async function readLock(bucket: ReleaseBucket, environment: string): Promise<Held | null> {
  const stored = await bucket.read(lockObject(environment));
  if (stored === null) return null;
  const key = lockObject(environment);
  return {
    record: storedOrHalt(lockSchema, key, stored.text, `delete ${key} if no deploy is running`),
    etag: stored.etag,
  };
}

/** What a killed deploy left behind is cleared by the next one that has nothing else to do. */
export async function clearAbandonedLock(bucket: ReleaseBucket, environment: string, by: Locking): Promise<void> {
  const current = await readLock(bucket, environment);
  if (current !== null && isAbandoned(current.record, by)) {
    await bucket.remove(lockObject(environment), current.etag);
  }
}

/** Its lease is over, or its process was on this host and is no more. */
function isAbandoned({ owner, expires }: LockRecord, { owner: self, now, isAlive }: Locking): boolean {
  if (owner.id === self.id) return true;
  if (now().getTime() > Date.parse(expires) + toleranceMilliseconds) return true;
  return owner.host === self.host && !isAlive(owner.pid);
}

function lease(owner: DeployOwner, since: Date, now: Date): LockRecord {
  const expires = new Date(now.getTime() + leaseMilliseconds).toISOString();
  return { schemaVersion, owner, since: since.toISOString(), expires };
}

function takenOver(): Halt {
  return new Halt('the deploy lock was taken over by another deploy', 'run the deploy again when the other ended');
}

function heldBy({ owner, since, expires }: LockRecord): Violation {
  return {
    code: 'locked',
    reason: `another deploy holds the lock since ${since}: process ${owner.pid} on ${owner.host}`,
    fix: `wait for it; if it is dead, its lock ends at ${expires}`,
  };
}

function busy(): Violation {
  return { code: 'locked', reason: 'other deploys are taking the lock', fix: 'wait for them and run the deploy again' };
}
