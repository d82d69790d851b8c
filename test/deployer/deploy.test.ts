import { describe, expect, test } from 'vitest';
import { releaseArtifacts } from '../../contract/artifacts/artifacts.ts';
import type { DeployState } from '../../deployer/state.ts';
import type { Wish } from './artifacts.ts';
import { World } from './harness.ts';

const two: Wish = { clients: { 'ml/default': {}, 'web/default': {} }, budgets: { ml: '250.00' }, workforce: true };

const kinds = ({ actions }: { actions: readonly { kind: string; key: string }[] }): string[] =>
  actions.map(({ kind, key }) => `${kind} ${key}`);

async function deployed(wish: Wish): Promise<World> {
  const world = await World.start();
  expect((await world.deploy(wish)).kind).toBe('deployed');
  return world;
}

describe('the first deploy', () => {
  test('creates clients and credentials, runs the linked config, and leaves nothing to plan', async () => {
    const world = await deployed(two);
    const clients = await world.appClients();
    expect([...clients.keys()].sort()).toEqual([
      'gatewright.local.federation.workforce',
      'gatewright.local.ml.default',
      'gatewright.local.web.default',
    ]);
    const id = clients.get('gatewright.local.ml.default') ?? '';
    const live = await world.describe(id);
    expect(await world.secret('gatewright/local/ml/default')).toEqual({
      clientId: id,
      clientSecret: live['ClientSecret'],
      tokenUrl: world.infra.tokenUrl,
      scope: 'https://gateway.example.com/invoke',
    });
    const pointer = await world.json<{ linked: string; taskDefinition: string }>('environments/local/current.json');
    expect(await world.service()).toBe(pointer.taskDefinition);
    expect(await world.object(`linked/${pointer.linked}`)).toContain(`"${id}": "ml/default"`);
    expect(await world.object('environments/local/lock.json')).toBeNull();
    expect((await world.plan(two)).actions).toEqual([]);
  });

  test('uploads a complete release, the manifest last', async () => {
    const world = await deployed({ clients: { 'ml/default': {} } });
    const uploads = world.embedded
      .calls()
      .filter(({ operation, key }) => operation === 'PutObject' && key.includes('/releases/'));
    const names = uploads.map(({ key }) => key.split('/').at(-1));
    expect(names.toSorted()).toEqual([...releaseArtifacts, 'manifest.json'].toSorted());
    expect(names.at(-1)).toBe('manifest.json');
  });

  test('goes on from app clients that are there although nothing is recorded', async () => {
    const world = await deployed(two);
    const before = await world.appClients();
    for (const name of ['state.json', 'current.json']) {
      const Key = `environments/local/${name}`;
      await world.aws.s3.deleteObject({ Bucket: world.infra.releaseBucket, Key });
    }
    expect((await world.deploy(two)).kind).toBe('deployed');
    expect(await world.appClients()).toEqual(before);
  });
});

describe('call counts', () => {
  test('a deploy with nothing to do reads four objects and writes nothing', async () => {
    const world = await deployed(two);
    const calls = await world.callsOf(async () => expect((await world.deploy(two)).kind).toBe('unchanged'));
    expect(calls).toEqual(['s3 GetObject', 's3 GetObject', 's3 GetObject', 's3 GetObject']);
  });

  const changes: Record<string, [Wish, number]> = {
    'a changed budget': [{ ...two, budgets: { ml: '300.00' } }, 26],
    'a new tenant': [{ ...two, clients: { ...two.clients, 'new/default': {} } }, 30],
    'a changed client': [{ ...two, clients: { ...two.clients, 'ml/default': { scopes: ['admin'] } } }, 27],
  };
  test.each(Object.entries(changes))('%s takes few calls beside polling', async (_name, [wish, count]) => {
    const world = await deployed(two);
    expect(await world.callsOf(() => world.deploy(wish))).toHaveLength(count);
  });
});

describe('changes', () => {
  test('a budget is shown as exactly that, and re-deployed', async () => {
    const world = await deployed(two);
    const wish = { ...two, budgets: { ml: '300.00' } };
    const plan = await world.plan(wish);
    expect(plan.changes).toEqual([
      { artifact: 'agentgateway.json', pointer: '/budgets/ml', kind: 'changed', before: '250.00', after: '300.00' },
      {
        artifact: 'tenants.json',
        pointer: '/tenants/ml/budget/monthlyUsd',
        kind: 'changed',
        before: '250.00',
        after: '300.00',
      },
    ]);
    expect(plan.actions.map(({ kind }) => kind)).toEqual(['upload-release', 'roll-out', 'move-pointer']);
    expect((await world.deploy(wish)).kind).toBe('deployed');
    expect((await world.plan(wish)).actions).toEqual([]);
  });

  test('an update sends every field and publishes the new scope under the same secret', async () => {
    const world = await deployed(two);
    const wish: Wish = {
      ...two,
      clients: { ...two.clients, 'ml/default': { minutes: 30, scopes: ['invoke', 'admin'] } },
    };
    const before = await world.secret('gatewright/local/ml/default');
    const plan = await world.plan(wish);
    expect(plan.actions.filter(({ key }) => key === 'ml/default')).toMatchObject([
      {
        kind: 'update-client',
        risk: 'caution',
        reasons: [
          'AccessTokenValidity shortened from 60 to 30',
          'AllowedOAuthScopes gains https://gateway.example.com/admin',
          'IdTokenValidity shortened from 60 to 30',
        ],
      },
      { kind: 'publish-credentials', risk: 'caution' },
    ]);
    await world.deploy(wish);
    const id = (await world.appClients()).get('gatewright.local.ml.default') ?? '';
    expect(await world.describe(id)).toMatchObject({ AccessTokenValidity: 30, PreventUserExistenceErrors: 'ENABLED' });
    const scope = 'https://gateway.example.com/invoke https://gateway.example.com/admin';
    expect(await world.secret('gatewright/local/ml/default')).toEqual({ ...before, scope });
    // Back to what was published before is a write as well.
    await world.deploy(two);
    expect(await world.secret('gatewright/local/ml/default')).toEqual(before);
  });

  test('other values in infra.json are rolled out without a new release', async () => {
    const world = await deployed(two);
    const infra = await world.json<object>('environments/local/infra.json');
    await world.aws.s3.putObject({
      Bucket: world.infra.releaseBucket,
      Key: 'environments/local/infra.json',
      Body: JSON.stringify({ ...infra, memory: '4096' }),
    });
    expect((await world.plan(two)).actions.map(({ kind }) => kind)).toEqual(['roll-out', 'move-pointer']);
    expect((await world.deploy(two)).kind).toBe('deployed');
    expect((await world.plan(two)).actions).toEqual([]);
  });

  test('going back to an earlier release uploads nothing again', async () => {
    const world = await deployed(two);
    await world.deploy({ ...two, budgets: { ml: '300.00' } });
    const keys = await world.keys();
    expect((await world.deploy(two)).kind).toBe('deployed');
    const fresh = (await world.keys()).filter((key) => !keys.includes(key));
    expect(fresh.every((key) => key.startsWith('environments/local/deployments/'))).toBe(true);
  });
});

describe('a renamed client', () => {
  const renamed: Wish = {
    ...two,
    clients: { 'research/default': { formerly: ['ml/default'] }, 'web/default': {} },
  };

  test('keeps its id and secret; the former credentials stay for the quarantine', async () => {
    const world = await deployed(two);
    const before = await world.secret('gatewright/local/ml/default');
    await world.deploy(renamed);
    const clients = await world.appClients();
    expect(clients.get('gatewright.local.research.default')).toBe(before?.['clientId']);
    expect(clients.has('gatewright.local.ml.default')).toBe(false);
    expect(await world.secret('gatewright/local/research/default')).toEqual(before);
    expect(await world.secret('gatewright/local/ml/default')).toEqual(before);
    expect((await world.plan(renamed)).actions).toEqual([]);
    expect(kinds(await world.plan(renamed, '2026-12-08'))).toEqual(['delete-client ml/default']);
    expect((await world.deploy(renamed, { today: '2026-12-08' })).kind).toBe('deployed');
    expect(await world.secret('gatewright/local/ml/default')).toBeNull();
    expect(await world.secret('gatewright/local/research/default')).toEqual(before);
  });

  test('may be followed by a new client of the former name', async () => {
    const world = await deployed(two);
    await world.deploy(renamed);
    const wish = { ...renamed, clients: { ...renamed.clients, 'ml/default': {} } };
    expect((await world.deploy(wish)).kind).toBe('deployed');
    const ids = (await world.appClients()).get('gatewright.local.ml.default');
    expect((await world.secret('gatewright/local/ml/default'))?.['clientId']).toBe(ids);
    expect((await world.plan(wish, '2027-12-08')).actions).toEqual([]);
  });
});

describe('a client that is not wanted any more', () => {
  const one: Wish = { ...two, clients: { 'ml/default': {} } };

  test('is quarantined first and deleted, last, when its time is over', async () => {
    const world = await deployed(two);
    const plan = await world.plan(one);
    expect(kinds(plan).at(-1)).toBe('quarantine-client web/default');
    expect(plan.actions.at(-1)).toMatchObject({ risk: 'dangerous', since: '2026-11-24' });
    await world.deploy(one);
    expect((await world.appClients()).has('gatewright.local.web.default')).toBe(true);
    expect((await world.plan(one, '2026-12-07')).actions).toEqual([]);
    expect(kinds(await world.plan(one, '2026-12-08'))).toEqual(['delete-client web/default']);
    await world.deploy(one, { today: '2026-12-08' });
    expect((await world.appClients()).has('gatewright.local.web.default')).toBe(false);
    expect(await world.secret('gatewright/local/web/default')).toBeNull();
    expect((await world.plan(one, '2026-12-08')).actions).toEqual([]);
  });

  test('comes back within the quarantine with its id and secret', async () => {
    const world = await deployed(two);
    const before = [await world.appClients(), await world.secret('gatewright/local/web/default')];
    await world.deploy(one);
    expect(kinds(await world.plan(two))).toContain('restore-client web/default');
    await world.deploy(two);
    expect([await world.appClients(), await world.secret('gatewright/local/web/default')]).toEqual(before);
    expect((await world.plan(two)).actions).toEqual([]);
  });

  test('goes at once, and still last, where there is no quarantine', async () => {
    const world = await deployed(two);
    const wish: Wish = { ...one, deletion: { quarantineDays: 0 } };
    const calls = await world.callsOf(() => world.deploy(wish));
    expect(calls.slice(calls.indexOf('ecs UpdateService'))).toEqual([
      'ecs UpdateService',
      's3 GetObject',
      's3 PutObject',
      's3 PutObject',
      'cognito-idp DescribeUserPoolClient',
      'cognito-idp DeleteUserPoolClient',
      'secretsmanager DeleteSecret',
      's3 PutObject',
      's3 PutObject',
      's3 DeleteObject',
    ]);
  });

  test('is never deleted under a name that is not ours', async () => {
    const world = await deployed(two);
    await world.deploy(one);
    const id = (await world.appClients()).get('gatewright.local.web.default');
    await world.aws.cognito.updateUserPoolClient({
      UserPoolId: world.infra.userPoolId,
      ClientId: id,
      ClientName: 'portal',
    });
    const outcome = await world.deploy(one, { today: '2026-12-08' });
    expect(outcome).toMatchObject({ kind: 'failed', failure: { reason: expect.stringContaining('not ours') } });
    expect((await world.appClients()).get('portal')).toBe(id);
  });
});

test('app clients that are not ours are never touched', async () => {
  const world = await World.start();
  const names = ['portal', 'gatewright.prod.ml.default', 'gatewright.local.other.default'];
  const before = await Promise.all(
    names.map(async (ClientName) => {
      const { UserPoolClient } = await world.aws.cognito.createUserPoolClient({
        UserPoolId: world.infra.userPoolId,
        ClientName,
      });
      return world.describe(UserPoolClient?.ClientId ?? '');
    }),
  );
  await world.deploy(two);
  await world.deploy({ clients: { 'ml/default': {} }, deletion: { quarantineDays: 0 } });
  const ids = before.map(({ ClientId }) => String(ClientId));
  expect(await Promise.all(ids.map((id) => world.describe(id)))).toEqual(before);
});

test('no secret is written anywhere but into Secrets Manager', async () => {
  const world = await World.start();
  const outcomes = [
    await world.deploy(two),
    await world.deploy({ clients: { 'new/default': { formerly: ['ml/default'] } } }),
  ];
  const state = await world.json<DeployState>('environments/local/state.json');
  const names = [...Object.values(state.clients), ...Object.values(state.quarantined)].flatMap(
    ({ credentials }) => credentials?.name ?? [],
  );
  const secrets = await Promise.all(names.map(async (name) => (await world.secret(name))?.['clientSecret'] ?? ''));
  expect(secrets.length).toBeGreaterThan(1);
  const objects = await Promise.all((await world.keys()).map((key) => world.object(key)));
  const said = JSON.stringify([objects, world.events, outcomes]);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(20);
    expect(said).not.toContain(secret);
  }
});
