import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { digest } from '../../contract/canonical.ts';
import { createClients } from '../../deployer/clients.ts';
import type { DeployState } from '../../deployer/state.ts';
import { readStatus } from '../../deployer/status.ts';
import { day } from '../day.ts';
import { cleanUp } from '../temporary.ts';
import type { Wish } from './artifacts.ts';
import { World } from './harness.ts';

const one: Wish = { clients: { 'ml/default': {} } };
const more: Wish = { clients: { 'ml/default': {}, 'web/default': {} } };

const applied = async (world: World): Promise<DeployState['applied']> =>
  (await world.json<DeployState>('environments/local/state.json')).applied;

describe('a roll-out that fails', () => {
  test('and is rolled back says why, and the applied release and the pointer stay', async () => {
    const world = await World.start();
    await world.deploy(one);
    const before = [await applied(world), await world.object('environments/local/current.json')];
    world.embedded.script({
      deployments: [{ outcome: 'ROLLBACK_SUCCESSFUL', statusReason: 'alarm', triggeredAlarmNames: ['errors-high'] }],
    });
    const outcome = await world.deploy(more);
    expect(outcome).toMatchObject({ kind: 'rolled-back', failure: { alarms: ['errors-high'] } });
    expect([await applied(world), await world.object('environments/local/current.json')]).toEqual(before);
    expect(await world.object('environments/local/lock.json')).toBeNull();
    const status = await readStatus({ environment: 'local', aws: world.aws, releaseBucket: world.infra.releaseBucket });
    expect(status).toMatchObject({ status: { clients: 2, lastDeployment: { outcome: 'rolled-back' } } });
    // The same again uses what is there: no second client and no second revision.
    const revisions = await world.revisions();
    expect((await world.deploy(more)).kind).toBe('deployed');
    expect(await world.revisions()).toBe(revisions);
    expect((await world.appClients()).size).toBe(2);
    expect((await world.plan(more)).actions).toEqual([]);
  });

  test('and is taken back by a revert quarantines what was created for it', async () => {
    const world = await World.start();
    await world.deploy(one);
    world.embedded.script({ deployments: [{ outcome: 'ROLLBACK_SUCCESSFUL' }] });
    await world.deploy(more);
    expect((await world.deploy(one)).kind).toBe('deployed');
    const state = await world.json<DeployState>('environments/local/state.json');
    expect(Object.values(state.quarantined).map(({ key }) => key)).toEqual(['web/default']);
    expect((await world.plan(one)).actions).toEqual([]);
  });

  test.each(['STOPPED', 'ROLLBACK_FAILED'] as const)('as %s needs a person, and is tried again', async (outcome) => {
    const world = await World.start();
    await world.deploy(one);
    world.embedded.script({ deployments: [{ outcome }] });
    expect(await world.deploy(more)).toMatchObject({
      kind: 'failed',
      failure: { reason: expect.stringContaining(outcome) },
    });
    expect((await world.deploy(more)).kind).toBe('deployed');
  });

  test.each(['STOPPED', 'ROLLBACK_FAILED', 'hang'] as const)(
    'as %s is not forgotten when the change is reverted',
    async (outcome) => {
      const world = await World.start();
      await world.deploy(one);
      world.embedded.script({ deployments: [{ outcome }] });
      const changed = { ...one, budgets: { ml: '1.00' } };
      expect((await world.deploy(changed)).kind).toBe('failed');
      expect((await world.plan(one)).actions.map(({ kind }) => kind)).toContain('roll-out');
      expect((await world.deploy(one)).kind).toBe('deployed');
      expect(await world.service()).toBe((await applied(world))?.taskDefinition);
      expect((await world.plan(one)).actions).toEqual([]);
    },
  );

  test('to end is given up, and watched on by the next deploy', async () => {
    const world = await World.start();
    await world.deploy(one);
    world.embedded.script({ deployments: [{ outcome: 'hang' }] });
    expect(await world.deploy(more)).toMatchObject({
      kind: 'failed',
      failure: { reason: expect.stringContaining('still') },
    });
    const calls = await world.callsOf(() => world.deploy(more));
    expect(calls).not.toContain('ecs UpdateService');
    expect(calls).not.toContain('ecs RegisterTaskDefinition');
  });
});

describe('the lock', () => {
  const key = 'environments/local/lock.json';
  const hold = (world: World, owner: object, expires: string): Promise<unknown> =>
    world.aws.s3.putObject({
      Bucket: world.infra.releaseBucket,
      Key: key,
      Body: JSON.stringify({ schemaVersion: 1, owner, since: '2026-11-24T11:00:00.000Z', expires }),
    });
  const later = '2026-11-24T13:00:00.000Z';

  test('refuses while another deploy holds it, and says who and since when', async () => {
    const world = await World.start();
    await hold(world, { id: 'other', host: 'elsewhere', pid: 7 }, later);
    expect(await world.deploy(one)).toMatchObject({
      kind: 'refused',
      violations: [{ code: 'locked', reason: expect.stringMatching(/2026-11-24T11:00:00.000Z.*7 on elsewhere/) }],
    });
    expect(await world.object(key)).toContain('elsewhere');
  });

  test.each([
    ['its lease is over', { id: 'other', host: 'elsewhere', pid: 7 }, '2026-11-24T11:10:00.000Z'],
    ['its owner died on this host', { id: 'other', host: hostname(), pid: 7 }, later],
  ])('is taken over when %s', async (_why, owner, expires) => {
    const world = await World.start();
    await hold(world, owner, expires);
    const self = { id: 'self', host: hostname(), pid: 8 };
    expect((await world.deploy(one, { owner: self, isAlive: (pid) => pid !== 7 })).kind).toBe('deployed');
    expect(world.events).toContainEqual({ kind: 'locked', tookOverFrom: 'other' });
    expect(await world.object(key)).toBeNull();
  });

  test('lets one of two deploys through, and the other finds nothing or a lock', async () => {
    const world = await World.start();
    const outcomes = await Promise.all([world.deploy(one), world.deploy(one)]);
    const kinds = outcomes.map(({ kind }) => kind).toSorted();
    expect(['deployed,refused', 'deployed,unchanged']).toContain(kinds.join());
    expect((await world.appClients()).size).toBe(1);
  });

  test('is renewed during a long watch, and its loss ends the deploy', async () => {
    const world = await World.start();
    world.embedded.script({ deployments: [{ outcome: 'hang' }] });
    let time = Date.parse(`${day}T12:00:00Z`);
    let looks = 0;
    const outcome = await world.deploy(one, {
      now: () => new Date(time),
      sleep: async () => {
        time += 5 * 60_000;
        looks += 1;
        if (looks === 4) await hold(world, { id: 'thief', host: 'elsewhere', pid: 7 }, later);
      },
    });
    expect(outcome).toMatchObject({ kind: 'failed', failure: { reason: expect.stringContaining('taken over') } });
    expect(await world.object(key)).toContain('thief');
  });
});

describe('before the lock', () => {
  const cases: Record<string, [Wish, string[]]> = {
    'an unbound secret': [{ ...one, note: '@{secret:nowhere}' }, ['unbound-token']],
    'an unbound client': [{ ...one, note: '@{client:ghost/default}' }, ['unbound-token']],
    'a token that no one knows': [{ ...one, note: '@{other:thing}' }, ['unbound-token']],
    'half a token': [{ ...one, note: '@{' }, ['unbound-token']],
    'a guardrail that is published otherwise': [
      { ...one, guardrails: { baseline: digest('new') } },
      ['guardrail-differs'],
    ],
    'a guardrail that is not published': [
      { ...one, guardrails: { other: digest('x') } },
      ['guardrail-not-published', 'unbound-token'],
    ],
    'another account': [{ ...one, account: '111111111111' }, ['wrong-account']],
  };
  test.each(Object.entries(cases))('%s is refused without a write', async (_name, [wish, codes]) => {
    const world = await World.start({ seed: { guardrails: { baseline: digest('old') } } });
    const calls = await world.callsOf(async () => {
      const outcome = await world.deploy(wish);
      expect(outcome.kind === 'refused' && outcome.violations.map(({ code }) => code)).toEqual(codes);
    });
    expect(calls).not.toContain('s3 PutObject');
  });

  test('a guardrail that is published as desired is linked', async () => {
    const guardrails = { baseline: digest('old') };
    const world = await World.start({ seed: { guardrails } });
    expect((await world.deploy({ ...one, guardrails })).kind).toBe('deployed');
  });

  test('an environment without infrastructure is refused', async () => {
    const world = await World.start();
    expect(await world.deploy(one, { releaseBucket: 'gatewright-nowhere' })).toMatchObject({
      kind: 'refused',
      violations: [{ code: 'infra-missing' }],
    });
  });

  test('a release that was edited after it was compiled is refused', async () => {
    const world = await World.start();
    const { artifacts } = world.request(one);
    const edited = { ...artifacts, 'tenants.json': artifacts['tenants.json'].replace('100.00', '1.00') };
    expect(await world.deploy(one, { artifacts: edited })).toMatchObject({
      kind: 'refused',
      violations: [{ code: 'release-damaged', reason: expect.stringContaining('tenants.json') }],
    });
  });
});

describe('AWS', () => {
  test('that cannot be reached is unavailable', async () => {
    const world = await World.start();
    const aws = await createClients({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9' });
    cleanUp(() => aws.close());
    expect(await world.deploy(one, { aws })).toMatchObject({ kind: 'unavailable', plan: null });
  });

  test('that refuses something ends the deploy with its reason, and the next goes on', async () => {
    const world = await World.start();
    world.embedded.script({ failures: [{ service: 'secretsmanager', code: 'AccessDeniedException', message: 'no' }] });
    expect(await world.deploy(one)).toMatchObject({
      kind: 'failed',
      failure: { reason: 'AWS answered AccessDeniedException (HTTP 400): no' },
    });
    expect((await world.deploy(one)).kind).toBe('deployed');
    expect((await world.appClients()).size).toBe(1);
  });

  test.each(['CreateUserPoolClient', 'CreateSecret', 'RegisterTaskDefinition', 'UpdateService'])(
    'whose answer to %s is lost has done it once',
    async (operation) => {
      let lost = false;
      const world = await World.start({
        hooks: {
          onCall: (call) => {
            if (lost || call.operation !== operation || call.phase !== 'after-commit') return undefined;
            lost = true;
            return 'drop';
          },
        },
      });
      expect((await world.deploy(one)).kind).toBe('deployed');
      expect(lost).toBe(true);
      expect((await world.appClients()).size).toBe(1);
      expect(await world.revisions()).toBe(2);
      expect((await world.plan(one)).actions).toEqual([]);
    },
  );

  test('whose answers to conditional writes are lost is understood', async () => {
    const seen = new Set<string>();
    const world = await World.start({
      hooks: {
        onCall: ({ operation, key, phase }) => {
          if (operation !== 'PutObject' || phase !== 'after-commit' || seen.has(key)) return undefined;
          seen.add(key);
          return 'drop';
        },
      },
    });
    expect((await world.deploy(one)).kind).toBe('deployed');
    expect(seen.size).toBeGreaterThan(10);
    expect((await world.plan(one)).actions).toEqual([]);
  });

  test('that takes five creations a second gets them all', async () => {
    const world = await World.start({ throttle: true });
    const clients = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`t${index}/default`, {}]));
    const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
    expect((await world.deploy({ clients }, { sleep })).kind).toBe('deployed');
    expect((await world.appClients()).size).toBe(8);
  });
});
