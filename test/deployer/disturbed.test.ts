import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createClients } from '../../deployer/clients.ts';
import type { DeployEvent, DeployOutcome } from '../../deployer/deploy.ts';
import { defaultWatch } from '../../deployer/deploy-input.ts';
import type { Hooks } from '../../deployer/embedded/server.ts';
import type { DeployState } from '../../deployer/state.ts';
import { readStatus, type StatusOutcome } from '../../deployer/status.ts';
import { cleanUp } from '../temporary.ts';
import type { Wish } from './artifacts.ts';
import { seedInput, World } from './harness.ts';
import { expectSound } from './sound.ts';

/** What other hands do to an environment, or to a deploy that is under way. */

const one: Wish = { clients: { 'a/x': {} } };
const changed: Wish = { clients: { 'a/x': { scopes: ['admin'] } } };
const two: Wish = { clients: { 'a/x': {}, 'b/x': {} } };

const object = (name: string): string => `environments/local/${name}`;
const put = (world: World, key: string, Body: string): Promise<unknown> =>
  world.aws.s3.putObject({ Bucket: world.infra.releaseBucket, Key: key, Body });
const remove = (world: World, key: string): Promise<unknown> =>
  world.aws.s3.deleteObject({ Bucket: world.infra.releaseBucket, Key: key });
const publish = (world: World, change: object): Promise<unknown> =>
  put(world, object('infra.json'), JSON.stringify({ ...world.infra, ...change }));
const codes = (outcome: DeployOutcome | StatusOutcome): string[] =>
  outcome.kind === 'refused' ? outcome.violations.map(({ code }) => code) : [outcome.kind];
const status = (world: World, aws = world.aws): Promise<StatusOutcome> =>
  readStatus({ environment: 'local', aws, releaseBucket: world.infra.releaseBucket });

async function deployed(wish: Wish, hooks: Hooks = {}): Promise<World> {
  const world = await World.start({ hooks });
  expect((await world.deploy(wish)).kind).toBe('deployed');
  return world;
}

describe('a lock that is taken over', () => {
  test.each([
    ['RegisterTaskDefinition', 'UpdateService'],
    ['DescribeServiceDeployments', 'never'],
  ])('during %s ends the deploy before it does more', async (moment, next) => {
    let steal: (() => Promise<unknown>) | undefined;
    const world = await deployed(one, {
      onCall: async ({ operation }) => {
        const now = operation === moment ? steal : undefined;
        if (now === undefined) return undefined;
        steal = undefined;
        await now();
        return undefined;
      },
    });
    const pointer = await world.object(object('current.json'));
    steal = () => put(world, object('lock.json'), 'somebody else');
    const calls = await world.callsOf(async () =>
      expect(await world.deploy(changed)).toMatchObject({
        kind: 'failed',
        failure: { reason: expect.stringContaining('taken over') },
      }),
    );
    expect(calls).not.toContain(`ecs ${next}`);
    expect(await world.object(object('current.json'))).toBe(pointer);
  });
});

describe('the infrastructure', () => {
  test('with another user pool is refused', async () => {
    const world = await deployed(one);
    await publish(world, { userPoolId: 'us-east-1_other' });
    const outcome = await world.deploy(one);
    expect(codes(outcome)).toEqual(['wrong-user-pool']);
  });

  test('with another service gets a roll-out there', async () => {
    const world = await deployed(one);
    const { cluster, service } = world.embedded.seed({ ...seedInput, environment: 'dev' });
    await publish(world, { cluster, service });
    expect((await world.plan(one)).actions).toMatchObject([
      { kind: 'roll-out', reasons: ['the service was gatewright-local/gateway, which goes on as it is'] },
      { kind: 'move-pointer' },
    ]);
    expect((await world.deploy(one)).kind).toBe('deployed');
    const found = await world.aws.ecs.describeServices({ cluster, services: [service] });
    expect(found.services?.[0]?.taskDefinition).toBe(await world.service());
    expect((await world.plan(one)).actions).toEqual([]);
  });

  test('that names another release bucket is refused', async () => {
    const world = await World.start();
    await publish(world, { releaseBucket: 'other' });
    expect(codes(await world.deploy(one))).toEqual(['wrong-bucket']);
  });
});

describe('what is recorded', () => {
  test('a pointer that somebody moved is rolled out and moved back', async () => {
    const world = await deployed(one);
    const text = (await world.object(object('current.json'))) ?? '';
    const { taskDefinition } = JSON.parse(text) as { taskDefinition: string };
    await put(world, object('current.json'), text.replace(taskDefinition, `${taskDefinition}0`));
    expect((await world.plan(one)).actions.map(({ kind }) => kind)).toEqual(['roll-out', 'move-pointer']);
    expect((await world.deploy(one)).kind).toBe('deployed');
    expect(await world.json(object('current.json'))).toMatchObject({ taskDefinition });
  });

  test('a lost state is not taken for a first deploy', async () => {
    const world = await deployed(one);
    await remove(world, object('state.json'));
    const outcome = await world.deploy(one);
    expect(codes(outcome)).toEqual(['state-missing']);
    expect(outcome.kind === 'refused' && outcome.violations[0]?.fix).toContain(
      'restore an earlier version of state.json',
    );
  });

  test('without any record, clients are found by their former names as well', async () => {
    const world = await deployed(two);
    const before = await world.pool();
    await remove(world, object('state.json'));
    await remove(world, object('current.json'));
    const wish: Wish = { clients: { 'a/x': {}, 'c/x': { formerly: ['b/x'] } } };
    expect((await world.deploy(wish)).kind).toBe('deployed');
    expect([...(await world.pool()).keys()]).toEqual([...before.keys()]);
    await expectSound(world, wish, ['a', 'c']);
  });

  test.each(['state.json', 'current.json', 'infra.json', 'lock.json'])('garbage in %s is told', async (name) => {
    const world = await deployed(one);
    for (const garbage of ['{', '[]', ' ']) {
      await put(world, object(name), garbage);
      for (const wish of [one, two]) {
        const outcome = await world.deploy(wish);
        expect(['refused', 'failed']).toContain(outcome.kind);
        expect(JSON.stringify(outcome)).toContain(`${name} is not valid`);
      }
      expect(['refused', 'failed']).toContain((await status(world)).kind);
    }
  });

  test('garbage in a stored release or the journal is told', async () => {
    const world = await deployed(one);
    const { applied } = await world.json<DeployState>(object('state.json'));
    await put(world, `releases/${applied?.release}/tenants.json`, '{');
    expect(codes(await world.deploy(two))).toEqual(['release-damaged']);
    await put(world, object('deployments/99990101T000000Z.json'), '{}');
    expect(await status(world)).toMatchObject({
      kind: 'failed',
      failure: { fix: expect.stringContaining('99990101') },
    });
  });
});

describe('by other hands', () => {
  test('a deleted client is created anew by the next deploy', async () => {
    const world = await deployed(two);
    const id = (await world.appClients()).get('gatewright.local.a.x');
    await world.aws.cognito.deleteUserPoolClient({ UserPoolId: world.infra.userPoolId, ClientId: id });
    const wish: Wish = { clients: { 'a2/x': { formerly: ['a/x'] }, 'b/x': {} } };
    expect(await world.deploy(wish)).toMatchObject({
      kind: 'failed',
      failure: { fix: expect.stringContaining('run the deploy again: it is created anew') },
    });
    expect((await world.deploy(wish)).kind).toBe('deployed');
    await expectSound(world, wish, ['a2', 'b']);
    await world.deploy(wish, { today: '2027-01-01' });
    expect(await world.secret('gatewright/local/a/x')).toBeNull();
  });

  test('a secret that is to be deleted is restored', async () => {
    const world = await deployed(one);
    await world.aws.secrets.deleteSecret({ SecretId: 'gatewright/local/a/x', RecoveryWindowInDays: 7 });
    expect((await world.deploy(changed)).kind).toBe('deployed');
    await expectSound(world, changed, ['a']);
  });
});

describe('AWS', () => {
  const failures = (code: string) => ({ failures: [{ code, status: 403, times: 9 }] });

  test.each(['ExpiredToken', 'InvalidAccessKeyId'])('that answers %s asks for a sign-in', async (code) => {
    const world = await World.start();
    world.embedded.script(failures(code));
    const outcome = await world.deploy(one);
    expect(outcome).toMatchObject({
      kind: 'refused',
      violations: [{ code: 'no-credentials', reason: 'no AWS credentials for account 000000000000' }],
    });
    expect(codes(await status(world))).toEqual(['no-credentials']);
  });

  test('whose credentials are over in the middle of a deploy did not answer', async () => {
    const world = await World.start();
    world.embedded.script({ failures: [{ operation: 'CreateSecret', code: 'ExpiredTokenException' }] });
    const outcome = await world.deploy(one);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { fix: expect.stringContaining('sign in') } });
    expect((await world.deploy(one)).kind).toBe('deployed');
  });

  test('without credentials on this machine asks for a sign-in', async () => {
    const world = await World.start();
    const s3 = Object.create(world.aws.s3) as typeof world.aws.s3;
    const missing = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });
    s3.getObject = () => Promise.reject(missing);
    expect(codes(await world.deploy(one, { aws: { ...world.aws, s3 } }))).toEqual(['no-credentials']);
    expect(codes(await status(world, { ...world.aws, s3 }))).toEqual(['no-credentials']);
  });

  test('is not waited for without end', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUp(() => {
      server.close();
    });
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const aws = await createClients({ region: 'us-east-1', endpoint });
    cleanUp(() => aws.close());
    await aws.s3.getObject({ Bucket: 'b', Key: 'k' }).catch(() => undefined);
    const expected = { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true };
    const handler = aws.s3.config.requestHandler as unknown as { httpHandlerConfigs(): object };
    expect(handler.httpHandlerConfigs()).toMatchObject(expected);
    expect((defaultWatch.delayMilliseconds * defaultWatch.limit) / 60_000).toBe(40);
  });
});

describe('a deploy that is told to stop', () => {
  const stopAt = (
    moment: (event: DeployEvent) => boolean,
  ): { signal: AbortSignal; report: (event: DeployEvent) => void } => {
    const controller = new AbortController();
    const report = (event: DeployEvent): void => {
      if (moment(event)) controller.abort();
    };
    return { signal: controller.signal, report };
  };

  const moments: Record<string, (event: DeployEvent) => boolean> = {
    'before the lock': ({ kind }) => kind === 'planned',
    'under the lock': ({ kind }) => kind === 'locked',
    'between two clients': (event) => event.kind === 'action-done' && event.action === 'create-client',
    'while it watches': ({ kind }) => kind === 'service-deployment',
    'before the pointer': (event) => event.kind === 'action-done' && event.action === 'roll-out',
  };
  test.each(Object.entries(moments))('%s leaves no lock and is gone on with', async (_when, moment) => {
    const world = await World.start();
    const outcome = await world.deploy(two, stopAt(moment));
    expect(outcome).toMatchObject({ kind: 'interrupted', failure: { reason: 'the deploy was interrupted' } });
    expect(await world.object(object('lock.json'))).toBeNull();
    expect(await world.object(object('current.json'))).toBeNull();
    expect((await world.deploy(two)).kind).toBe('deployed');
    await expectSound(world, two, ['a', 'b']);
  });

  test('writes so into the journal', async () => {
    const world = await deployed(one);
    await world.deploy(
      two,
      stopAt(({ kind }) => kind === 'action'),
    );
    expect(await status(world)).toMatchObject({ status: { lock: null, lastDeployment: { outcome: 'interrupted' } } });
  });
});
