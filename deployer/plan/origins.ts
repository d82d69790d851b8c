import type { CognitoClients } from '../../contract/artifacts/cognito-clients.ts';
import { sortedKeys } from '../../contract/canonical.ts';
import type { ClientKey } from '../../contract/vocabulary.ts';
import { type DeployState, keptClient, type RecordedClient } from '../state.ts';

/** The recorded client that a desired one continues. */
export interface Origin {
  /** Its key in the state; another one than the desired key: a rename. */
  readonly from: ClientKey;
  readonly record: RecordedClient;
  readonly quarantined: boolean;
}

/**
 * Absent: the client is to be created. No recorded client continues in two desired ones. A live client goes before one
 * in quarantine, and what the configuration declares before what an earlier rename implies when it is reverted.
 */
export function originsOf(desired: CognitoClients['clients'], state: DeployState): Map<ClientKey, Origin> {
  const origins = new Map<ClientKey, Origin>();
  const taken = new Set<ClientKey>();
  for (const [find, keysOf] of passes) {
    for (const key of sortedKeys(desired).filter((each) => !origins.has(each))) {
      const former = keysOf([key, ...(desired[key]?.formerly ?? [])], state);
      // A key that is wanted itself is no one's former key.
      const free = former.filter((from) => from === key || !(Object.hasOwn(desired, from) || taken.has(from)));
      const origin = free.map((from) => find(from, state)).find((found) => found !== undefined);
      if (origin === undefined) continue;
      origins.set(key, origin);
      taken.add(origin.from);
    }
  }
  return origins;
}

type Find = (from: ClientKey, state: DeployState) => Origin | undefined;
type KeysOf = (keys: readonly ClientKey[], state: DeployState) => readonly ClientKey[];

const live: Find = (from, { clients }) => {
  const record = clients[from];
  return record === undefined ? undefined : { from, record, quarantined: false };
};

/** Another client may have published under its name since: what is published is not known. */
const kept: Find = (from, { quarantined }) => {
  const record = keptClient(Object.entries(quarantined), from);
  if (record === undefined) return undefined;
  const credentials = record.credentials === null ? null : { ...record.credentials, content: null };
  return { from, record: { ...record, credentials }, quarantined: true };
};

const declared: KeysOf = (keys) => keys;

/** Where clients went that had these keys. */
const followed: KeysOf = (keys, { renamed }) => {
  const way = new Set(keys);
  for (const key of way) {
    const next = renamed[key]?.renamedTo;
    if (next !== undefined) way.add(next);
  }
  return [...way].filter((key) => !keys.includes(key));
};

const passes: readonly (readonly [Find, KeysOf])[] = [
  [live, declared],
  [live, followed],
  [kept, declared],
  [kept, followed],
];
