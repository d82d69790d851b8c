import { describe, expect, test } from 'vitest';
import type { Plan } from '../../deployer/plan.ts';
import type { DeployState } from '../../deployer/state.ts';
import type { ClientWish, Wish } from './artifacts.ts';
import { World } from './harness.ts';
import { expectSound } from './sound.ts';

/** What becomes of clients over several deploys. */

const C = (...tenants: string[]): Record<string, ClientWish> =>
  Object.fromEntries(tenants.map((tenant) => [`${tenant}/x`, {}]));
const renamed = (from: string, to: string): Record<string, ClientWish> => ({
  [`${to}/x`]: { formerly: [`${from}/x`] },
});
const said = ({ actions }: Plan): string[] =>
  actions
    .filter(({ kind }) => kind.endsWith('-client'))
    .map(({ kind, key, risk, ...rest }) => `${risk} ${kind} ${key}${'from' in rest ? ` from ${rest.from}` : ''}`);
const stateOf = (world: World): Promise<DeployState> => world.json<DeployState>('environments/local/state.json');
const idsOf = async (world: World): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries((await stateOf(world)).clients).map(([key, { id }]) => [key, id]));

async function history(...wishes: readonly Wish[]): Promise<World> {
  const world = await World.start();
  for (const wish of wishes) expect((await world.deploy(wish)).kind).toBe('deployed');
  return world;
}

describe('a rename onto the name of a quarantined client', () => {
  const wish: Wish = { clients: renamed('research', 'labs') };

  test('moves the live one, and neither revives nor loses the other', async () => {
    const world = await history({ clients: C('labs', 'research') });
    const { 'labs/x': old = '', 'research/x': live = '' } = await idsOf(world);
    await world.deploy({ clients: C('research') });
    expect(said(await world.plan(wish))).toEqual([
      'caution update-client labs/x from research/x',
      'caution quarantine-client research/x',
    ]);
    await world.deploy(wish);
    expect(await idsOf(world)).toEqual({ 'labs/x': live });
    expect((await stateOf(world)).quarantined[old]).toMatchObject({ key: 'labs/x', since: '2026-11-24' });
    expect((await world.secret('gatewright/local/labs/x'))?.['clientId']).toBe(live);
    // In time the other one goes, and takes nothing with it.
    await world.deploy(wish, { today: '2026-12-08' });
    expect([...(await world.pool()).keys()]).toEqual([live]);
    expect((await world.secret('gatewright/local/labs/x'))?.['clientId']).toBe(live);
    expect(await world.secret('gatewright/local/research/x')).toBeNull();
    await expectSound(world, wish, []);
  });

  test('which then does not come back when the name is free again', async () => {
    const world = await history({ clients: C('labs', 'research') }, { clients: C('research') }, wish);
    const before = await idsOf(world);
    const split: Wish = { clients: { ...C('labs'), ...renamed('labs', 'research') } };
    // The name goes on with who has it now.
    await world.deploy(split);
    expect(await idsOf(world)).toMatchObject(before);
    await world.deploy({ clients: {} });
    expect(said(await world.plan(wish))).toEqual(['caution restore-client labs/x from labs/x']);
    await world.deploy(wish);
    expect(await idsOf(world)).toEqual(before);
  });
});

test('a client that comes back is at least to be looked at, and is published again', async () => {
  const world = await history({ clients: C('a', 'b') }, { clients: C('a') });
  const plan = await world.plan({ clients: C('a', 'b') });
  expect(plan.actions.filter(({ key }) => key === 'b/x')).toMatchObject([
    { kind: 'restore-client', risk: 'caution' },
    { kind: 'publish-credentials', risk: 'caution' },
  ]);
});

describe('a rename that is taken back', () => {
  test.each(['SUCCESSFUL', 'ROLLBACK_SUCCESSFUL', 'STOPPED'] as const)(
    'after it ended %s keeps id and secret',
    async (outcome) => {
      const world = await history({ clients: C('a') });
      const before = [await idsOf(world), await world.secret('gatewright/local/a/x')];
      world.embedded.script({ deployments: [{ outcome }] });
      await world.deploy({ clients: renamed('a', 'b') });
      expect(said(await world.plan({ clients: C('a') }))).toContain('caution update-client a/x from b/x');
      await world.deploy({ clients: C('a') });
      expect([await idsOf(world), await world.secret('gatewright/local/a/x')]).toEqual(before);
      expect((await world.plan({ clients: C('a') })).actions).toEqual([]);
      await expectSound(world, { clients: C('a') }, ['a', 'b']);
    },
  );

  test('in two steps at once is followed all the way', async () => {
    const world = await history({ clients: C('a') }, { clients: renamed('a', 'b') }, { clients: renamed('b', 'c') });
    const { 'c/x': id } = await idsOf(world);
    await world.deploy({ clients: C('a') });
    expect(await idsOf(world)).toEqual({ 'a/x': id });
  });

  test('is none while the renamed client is wanted, or is renamed on', async () => {
    const world = await history({ clients: C('a') }, { clients: renamed('a', 'b') });
    const { 'b/x': id } = await idsOf(world);
    expect(said(await world.plan({ clients: { ...C('a'), ...renamed('a', 'b') } }))).toEqual([
      'safe create-client a/x',
    ]);
    await world.deploy({ clients: { ...C('a'), ...renamed('b', 'c') } });
    expect(await idsOf(world)).toMatchObject({ 'c/x': id });
    expect((await idsOf(world))['a/x']).not.toBe(id);
  });
});

test('a key is used again while the deletion of its former client is interrupted', async () => {
  const deletion = { quarantineDays: 0 };
  const world = await history({ clients: C('a', 'b'), deletion });
  const { 'a/x': a = '', 'b/x': b = '' } = await idsOf(world);
  world.embedded.script({ failures: [{ operation: 'DeleteUserPoolClient', code: 'AccessDeniedException' }] });
  expect((await world.deploy({ clients: C('a'), deletion })).kind).toBe('failed');
  const wish: Wish = { clients: renamed('a', 'b'), deletion };
  expect((await world.deploy(wish)).kind).toBe('deployed');
  expect([...(await world.pool()).keys()]).toEqual([a]);
  expect(await idsOf(world)).toEqual({ 'b/x': a });
  expect(b).not.toBe(a);
  await expectSound(world, wish, ['a', 'b']);
});

describe('a quarantine', () => {
  test.each([
    ['2020-01-01', '2026-12-08'],
    ['2026-12-01', '2026-12-15'],
  ])('of a client retired on %s ends on %s', async (day, end) => {
    const wish: Wish = { clients: C('b'), retired: { 'a/x': day } };
    const world = await history({ clients: C('a', 'b') });
    expect(said(await world.plan(wish))).toEqual(['dangerous quarantine-client a/x']);
    await world.deploy(wish);
    const dayBefore = new Date(Date.parse(end) - 86_400_000).toISOString().slice(0, 10);
    expect(said(await world.plan(wish, dayBefore))).toEqual([]);
    expect(said(await world.plan(wish, end))).toEqual(['dangerous delete-client a/x']);
  });

  test('is not shortened by a date that is entered later', async () => {
    const world = await history({ clients: C('a', 'b') }, { clients: C('b') });
    const wish: Wish = { clients: C('b'), retired: { 'a/x': '2020-01-01' } };
    expect(said(await world.plan(wish))).toEqual([]);
  });
});

describe('the limit of deletions', () => {
  const names = Array.from({ length: 40 }, (_, index) => `t${index}`);
  const from = (index: number): Wish => ({ clients: C(...names.slice(index)) });

  test('lets what was admitted in steps be deleted together', async () => {
    const world = await history(from(0));
    for (const [index, today] of ['2026-11-01', '2026-11-15', '2026-11-29'].entries()) {
      const wish = from(4 * (index + 1));
      expect((await world.deploy(wish, { today })).kind).toBe('deployed');
    }
    const plan = await world.plan(from(12), '2027-01-01');
    expect(said(plan).filter((each) => each.includes('delete-client'))).toHaveLength(4);
    expect(plan.refused).toEqual([]);
  });

  test('deletes at once what fell due together, and does not count it', async () => {
    const limit = { count: 12, percent: 0 };
    const world = await history(from(0));
    for (const index of [4, 8, 12]) await world.deploy({ ...from(index), deletion: { limit } });
    const plan = await world.plan(from(12), '2026-12-08');
    expect(said(plan)).toHaveLength(12);
    expect(plan.refused).toEqual([]);
  });

  test.each([14, 0])('counts small steps as one large one, with a quarantine of %i days', async (quarantineDays) => {
    const acknowledged = [{ upTo: 12, until: '2026-12-15', reason: 'lab closed' }];
    const wish = (index: number): Wish => ({ ...from(index), deletion: { acknowledged, quarantineDays } });
    const world = await history(from(0), wish(12));
    expect(await world.deploy(wish(13))).toMatchObject({
      kind: 'refused',
      violations: [{ code: 'too-many-deletions', reason: expect.stringContaining('13') }],
    });
    // Nothing more goes: that is no matter of the limit.
    expect((await world.deploy({ ...wish(12), budgets: { t39: '1.00' } })).kind).toBe('deployed');
    expect((await world.plan(wish(13), quarantineDays === 0 ? '2026-11-25' : '2026-12-08')).refused).toEqual([]);
  });

  test('is no matter of renames', async () => {
    const deletion = { quarantineDays: 0 };
    const world = await history({ clients: C(...names.slice(0, 6)), deletion });
    const clients = Object.assign({}, ...names.slice(0, 6).map((name) => renamed(name, `${name}-new`)));
    const plan = await world.plan({ clients, deletion });
    expect(plan.refused).toEqual([]);
    expect(said(plan).filter((each) => each.includes('delete-client'))[0]).toBe('caution delete-client t0/x');
  });
});

describe('many deletions at once', () => {
  const many = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`t${index}/default`, {}]));
  const few: Wish = { clients: { 't0/default': {} } };

  test('are refused, and nothing is done', async () => {
    const world = await history({ clients: many });
    const calls = await world.callsOf(async () => {
      const outcome = await world.deploy(few);
      expect(outcome).toMatchObject({ kind: 'refused', violations: [{ code: 'too-many-deletions' }] });
    });
    expect(calls.every((call) => call === 's3 GetObject')).toBe(true);
  });

  test.each([
    [{ upTo: 6, until: '2026-11-24', reason: 'closed' }, 'deployed'],
    [{ upTo: 5, until: '2026-11-24', reason: 'closed' }, 'refused'],
    [{ upTo: 6, until: '2026-11-23', reason: 'closed' }, 'refused'],
  ])('with the acknowledgement %o are %s', async (acknowledgement, kind) => {
    const world = await history({ clients: many });
    expect((await world.deploy({ ...few, deletion: { acknowledged: [acknowledgement] } })).kind).toBe(kind);
  });

  test('a percentage of the clients may be more than the count', async () => {
    const world = await history({ clients: many });
    expect((await world.deploy({ ...few, deletion: { limit: { count: 1, percent: 90 } } })).kind).toBe('deployed');
  });
});
