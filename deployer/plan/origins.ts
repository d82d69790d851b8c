import type { CognitoClients } from '../../contract/artifacts/cognito-clients.ts';
import { sortedKeys } from '../../contract/canonical.ts';
import type { ClientKey } from '../../contract/vocabulary.ts';
import type { DeployState, QuarantinedClient, RecordedClient } from '../state.ts';

/** The recorded client that a desired one continues. */
export interface Origin {
  /** Its key in the state; another one than the desired key: a rename. */
  readonly from: ClientKey;
  readonly record: RecordedClient;
  readonly quarantined: boolean;
}

/** Absent: the client is to be created. No recorded client continues in two desired ones. */
export function originsOf(desired: CognitoClients['clients'], state: DeployState): Map<ClientKey, Origin> {
  const origins = new Map<ClientKey, Origin>();
  const taken = new Set<ClientKey>();
  for (const key of sortedKeys(desired)) {
    // A key that is wanted itself is no one's former key.
    const former = (desired[key]?.formerly ?? []).filter((each) => !Object.hasOwn(desired, each) && !taken.has(each));
    const origin = [key, ...former].map((from) => recorded(from, state)).find((found) => found !== undefined);
    if (origin === undefined) continue;
    origins.set(key, origin);
    taken.add(origin.from);
  }
  return origins;
}

function recorded(from: ClientKey, state: DeployState): Origin | undefined {
  const live = Object.hasOwn(state.clients, from) ? state.clients[from] : undefined;
  if (live !== undefined) return { from, record: live, quarantined: false };
  const kept = Object.hasOwn(state.quarantined, from) ? state.quarantined[from] : undefined;
  return kept === undefined || !isRestorable(kept) ? undefined : { from, record: restored(kept), quarantined: true };
}

type Restorable = QuarantinedClient & { readonly id: string };

/** Former credentials have no app client, and one whose deletion began may be gone already. */
function isRestorable(kept: QuarantinedClient): kept is Restorable {
  return kept.id !== null && !kept.deleting;
}

function restored({ id, name, settings, credentials }: Restorable): RecordedClient {
  return { id, name, settings, credentials };
}
