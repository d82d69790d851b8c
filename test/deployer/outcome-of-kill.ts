import type { DeployState, Pointer } from '../../deployer/state.ts';
import type { World } from './harness.ts';

/**
 * All that a deploy leaves behind, without what differs between any two worlds: ids, secrets, times and what is
 * derived from them. What must agree among these is asserted here. The journal is left out: it has an entry for each
 * attempt that came to its end.
 */
export async function leftBehind(world: World): Promise<object> {
  const state = await world.json<DeployState>('environments/local/state.json');
  const pointer = await world.json<Pointer>('environments/local/current.json');
  // Throws when a name is there twice.
  const clients = await world.appClients();
  const names = new Map([...clients].map(([name, id]) => [id, name]));
  const named = (id: string | undefined): string => (id === undefined ? 'none' : (names.get(id) ?? 'unknown id'));
  const linked = (await world.object(`linked/${pointer.linked}`)) ?? '';
  const keys = (await world.keys()).filter((key) => !key.includes('/deployments/'));
  return {
    objects: keys.map((key) => key.replace(/^linked\/.*/, 'linked')),
    state: {
      ...state,
      applied: { release: state.applied?.release, quarantineDays: state.applied?.quarantineDays },
      clients: mapValues(state.clients, (client) => ({
        ...client,
        id: named(client.id),
        credentials: client.credentials?.name,
      })),
      quarantined: Object.entries(state.quarantined).map(([id, client]) => ({
        ...client,
        id: named(id),
        credentials: client.credentials?.name,
      })),
    },
    pointer: pointer.release,
    agree: {
      pointer: state.applied?.linked === pointer.linked && state.applied.taskDefinition === pointer.taskDefinition,
      service: (await world.service()) === pointer.taskDefinition,
    },
    linked: [...names].reduce((text, [id, name]) => text.replaceAll(id, name), linked),
    clients: await Promise.all([...clients].sort().map(([name, id]) => client(world, name, id))),
    secrets: await Promise.all([...secretNames(state)].map((name) => secret(world, name, named))),
    revisions: await world.revisions(),
  };
}

async function client(world: World, name: string, id: string): Promise<object> {
  const { ClientId, ClientSecret, CreationDate, LastModifiedDate, UserPoolId, ...settings } = await world.describe(id);
  return { name, settings };
}

/** Of this and of the deploy before: what was renamed or deleted is looked for as well. */
function secretNames(state: DeployState): Set<string> {
  const recorded = [...Object.values(state.clients), ...Object.values(state.quarantined)];
  const former = Object.values(state.renamed).map(({ credentials }) => credentials);
  const names = [...recorded.flatMap(({ credentials }) => credentials?.name ?? []), ...former, ...knownSecrets];
  return new Set(names.sort());
}

const knownSecrets = ['old', 'moved', 'gone', 'leaving', 'kept', 'fresh'].map(
  (tenant) => `gatewright/local/${tenant}/default`,
);

async function secret(world: World, name: string, named: (id: string | undefined) => string): Promise<object> {
  const value = await world.secret(name);
  if (value === null) return { name, value };
  const { clientId, clientSecret, ...rest } = value;
  const live = named(clientId) === 'unknown id' ? {} : await world.describe(clientId ?? '');
  return { name, client: named(clientId), opens: clientSecret === live['ClientSecret'], ...rest };
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, of: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
}
