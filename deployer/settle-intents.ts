import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { sortedKeys } from '../contract/canonical.ts';
import type { Infra } from '../contract/infra.ts';
import { appClientName, credentialsName } from '../contract/vocabulary.ts';
import { findByName } from './pool.ts';
import type { Release } from './release.ts';
import { type DeployState, emptyState, type RecordedClient } from './state.ts';
import type { Violation } from './violation.ts';

export interface Settled {
  readonly state: DeployState;
  readonly violations: readonly Violation[];
}

/**
 * A create whose end is not known is settled by name: CreateUserPoolClient has no idempotency token and takes a name
 * twice. Without a state everything may have been created before. Reads only, and nothing at all where no creation
 * was interrupted.
 */
export async function settleIntents(
  cognito: CognitoIdentityProvider,
  infra: Infra,
  desired: Release,
  recorded: DeployState | null,
): Promise<Settled> {
  const state = recorded ?? { ...emptyState(infra), intents: allIntents(desired) };
  const keys = sortedKeys(state.intents);
  if (keys.length === 0) return { state, violations: [] };
  const names = new Set(Object.values(state.intents).map(({ name }) => name));
  const found = await findByName(cognito, infra.userPoolId, names);
  const known = new Set([...Object.values(state.clients).map(({ id }) => id), ...Object.keys(state.quarantined)]);
  const clients = { ...state.clients };
  const violations: Violation[] = [];
  for (const key of keys) {
    const intent = state.intents[key];
    if (intent === undefined) continue;
    const [id, ...others] = (found.get(intent.name) ?? []).filter((each) => !known.has(each));
    if (id === undefined) continue;
    if (others.length > 0) violations.push(ambiguous(intent.name, [id, ...others]));
    clients[key] = adopted(id, intent);
  }
  return { state: { ...state, clients, intents: {} }, violations };
}

export function intentsOf(desired: Release, keys: readonly string[]): DeployState['intents'] {
  const { clients } = desired.clients;
  const entries = keys.flatMap((key) => {
    const client = clients[key];
    return client === undefined ? [] : [[key, { name: client.settings.ClientName, credentials: client.credentials }]];
  });
  return Object.fromEntries(entries) as DeployState['intents'];
}

/** Under the names that clients have, or had before a rename. */
function allIntents(desired: Release): DeployState['intents'] {
  const { environment } = desired;
  const { clients } = desired.clients;
  const former = Object.values(clients).flatMap((client) =>
    client.formerly.map((key) => {
      const credentials = client.credentials === null ? null : credentialsName(environment, key);
      return [key, { name: appClientName(environment, key), credentials }];
    }),
  );
  return { ...Object.fromEntries(former), ...intentsOf(desired, sortedKeys(clients)) } as DeployState['intents'];
}

/** Nothing is known but its name, so that all of it is sent again. */
function adopted(id: string, { name, credentials }: DeployState['intents'][string]): RecordedClient {
  const published = credentials === null ? null : { name: credentials, version: null, content: null };
  return { id, name, settings: null, credentials: published };
}

function ambiguous(name: string, ids: readonly string[]): Violation {
  return {
    code: 'ambiguous-client',
    reason: `the user pool has ${ids.length} app clients named ${name}: ${ids.join(', ')}`,
    fix: 'delete those that no tenant uses',
  };
}
