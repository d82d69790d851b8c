import { canonicalText } from '../../contract/canonical.ts';
import type { ClientKey } from '../../contract/vocabulary.ts';
import type { ReleaseBucket } from '../bucket.ts';
import { stateObject } from '../bucket-layout.ts';
import { Halt } from '../failure.ts';
import type { Applied, DeployState, QuarantinedClient, RecordedClient } from '../state.ts';

/**
 * The state while it is being changed. At every moment it is safe to save: it names everything that exists or may
 * exist, and says of nothing that it is as desired before it is.
 */
export class Ledger {
  readonly #bucket: ReleaseBucket;
  readonly #environment: string;
  readonly #userPoolId: string;
  #etag: string | null;
  #saved: string | null = null;
  #applied: Applied | null;
  rollingOut: boolean;
  readonly clients: Map<ClientKey, RecordedClient>;
  /** By app client id. */
  readonly quarantined: Map<string, QuarantinedClient>;
  readonly renamed: Map<ClientKey, DeployState['renamed'][string]>;
  readonly deleted: Map<string, number>;
  readonly intents: Map<ClientKey, DeployState['intents'][string]>;

  constructor(bucket: ReleaseBucket, state: DeployState, etag: string | null) {
    this.#bucket = bucket;
    this.#environment = state.environment;
    this.#userPoolId = state.userPoolId;
    this.#etag = etag;
    this.#applied = state.applied;
    this.rollingOut = state.rollingOut;
    this.clients = new Map(Object.entries(state.clients));
    this.quarantined = new Map(Object.entries(state.quarantined));
    this.renamed = new Map(Object.entries(state.renamed));
    this.deleted = new Map(Object.entries(state.deleted));
    this.intents = new Map(Object.entries(state.intents));
  }

  get applied(): Applied | null {
    return this.#applied;
  }

  apply(applied: Applied): void {
    this.#applied = applied;
    this.rollingOut = false;
  }

  /** Writes what changed since the last save. */
  async save(): Promise<void> {
    const text = canonicalText({
      schemaVersion: 1,
      environment: this.#environment,
      userPoolId: this.#userPoolId,
      applied: this.#applied,
      rollingOut: this.rollingOut,
      clients: Object.fromEntries(this.clients),
      quarantined: Object.fromEntries(this.quarantined),
      renamed: Object.fromEntries(this.renamed),
      deleted: Object.fromEntries(this.deleted),
      intents: Object.fromEntries(this.intents),
    } satisfies DeployState);
    if (text === this.#saved) return;
    const etag = await this.#bucket.replace(stateObject(this.#environment), text, this.#etag);
    if (etag === null) {
      throw new Halt('the recorded state was written by another deploy', 'run the deploy again');
    }
    this.#etag = etag;
    this.#saved = text;
  }
}
