import { expect } from 'vitest';
import { cognitoClientsSchema } from '../../contract/artifacts/cognito-clients.ts';
import type { DeployState } from '../../deployer/state.ts';
import { artifactsOf, type Wish } from './artifacts.ts';
import type { World } from './harness.ts';

/** What holds after every deploy that ended well: all is as desired, and nothing exists that the state does not know. */
export async function expectSound(world: World, wish: Wish, tenants: readonly string[]): Promise<void> {
  const state = await world.json<DeployState>('environments/local/state.json');
  const live = await world.pool();
  const recorded = [...Object.values(state.clients), ...Object.values(state.quarantined)];
  const ids = [...Object.values(state.clients).map(({ id }) => id), ...Object.keys(state.quarantined)];
  expect([...live.keys()].toSorted()).toEqual(ids.toSorted());
  const desired = cognitoClientsSchema.parse(JSON.parse(artifactsOf(wish)['cognito-clients.json'])).clients;
  expect(Object.keys(state.clients).toSorted()).toEqual(Object.keys(desired).toSorted());
  for (const [key, client] of Object.entries(desired)) {
    const id = state.clients[key]?.id ?? 'none';
    expect(live.get(id)).toBe(client.settings.ClientName);
    const actual = await world.describe(id);
    expect(actual).toMatchObject({ AccessTokenValidity: client.settings.AccessTokenValidity });
    expect(actual['AllowedOAuthScopes']).toEqual(client.settings.AllowedOAuthScopes.toSorted());
    if (client.credentials === null) continue;
    const scope = client.settings.AllowedOAuthScopes.join(' ');
    const value = { clientId: id, clientSecret: actual['ClientSecret'], scope, tokenUrl: world.infra.tokenUrl };
    expect(await world.secret(client.credentials)).toEqual(value);
  }
  const former = Object.values(state.renamed).map(({ credentials }) => credentials);
  const published = new Set([...recorded.map(({ credentials }) => credentials?.name), ...former]);
  for (const tenant of tenants) {
    const name = `gatewright/local/${tenant}/default`;
    if (!published.has(name)) expect(await world.secret(name), name).toBeNull();
  }
  const pointer = await world.json<{ taskDefinition: string; linked: string }>('environments/local/current.json');
  expect(await world.service()).toBe(pointer.taskDefinition);
  const linked = JSON.parse((await world.object(`linked/${pointer.linked}`)) ?? '{}') as { clients: object };
  expect(Object.keys(linked.clients).toSorted()).toEqual(
    Object.values(state.clients)
      .map(({ id }) => id)
      .toSorted(),
  );
}
