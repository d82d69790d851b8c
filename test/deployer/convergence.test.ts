import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AwsClients } from '../../deployer/clients.ts';
import type { DeployOutcome } from '../../deployer/deploy.ts';
import type { DeployState } from '../../deployer/state.ts';
import type { ClientWish, Wish } from './artifacts.ts';
import { World } from './harness.ts';
import { expectSound } from './sound.ts';

/** The conformance law of the deployer: after an apply there is nothing to plan, whatever was there before. */

const tenants = ['a', 'b', 'c', 'd'];

const client: fc.Arbitrary<ClientWish> = fc.record(
  {
    minutes: fc.constantFrom(5, 60),
    scopes: fc.subarray(['invoke', 'admin'] as const, { minLength: 1 }),
    formerly: fc.subarray(tenants.map((tenant) => `${tenant}/default`)),
  },
  { requiredKeys: [] },
);

const wish: fc.Arbitrary<Wish> = fc
  .record({
    clients: fc.dictionary(fc.constantFrom(...tenants.map((tenant) => `${tenant}/default`)), client, {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    workforce: fc.boolean(),
    retired: fc.dictionary(
      fc.constantFrom(...tenants.map((tenant) => `${tenant}/default`)),
      fc.constantFrom('2026-01-01', '2026-12-04'),
      {
        maxKeys: 1,
        noNullPrototype: true,
      },
    ),
    quarantineDays: fc.constantFrom(0, 2),
  })
  .map(({ quarantineDays, ...rest }) => ({
    ...rest,
    deletion: { quarantineDays, limit: { count: 99, percent: 100 } },
  }));

const outcome = fc.constantFrom('SUCCESSFUL', 'SUCCESSFUL', 'ROLLBACK_SUCCESSFUL', 'STOPPED');

const ended: ReadonlySet<string> = new Set(['deployed', 'unchanged']);

test('after a deploy nothing is left to plan', { timeout: 60_000 }, async () => {
  const history = fc.array(fc.record({ wish, outcome }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const world = await World.start();
      try {
        for (const [index, step] of steps.entries()) {
          const date = `2026-12-0${index + 1}`;
          world.embedded.script({ deployments: [{ outcome: step.outcome }] });
          // A step with nothing to do leaves its outcome to the next.
          let tries = 0;
          while (!ended.has((await world.deploy(step.wish, { today: date })).kind)) expect(++tries).toBeLessThan(6);
          expect((await world.plan(step.wish, date)).actions).toEqual([]);
          const calls = await world.callsOf(() => world.deploy(step.wish, { today: date }));
          expect(new Set(calls)).toEqual(new Set(['s3 GetObject']));
        }
        await expectSound(world, steps.at(-1)?.wish ?? {}, tenants);
        const state = await world.json<DeployState>('environments/local/state.json');
        expect(state.intents).toEqual({});
      } finally {
        await world.embedded.close();
      }
    }),
    { numRuns: 25 },
  );
});

const interruption = fc.record({
  call: fc.integer({ min: 1, max: 40 }),
  phase: fc.constantFrom('before-commit' as const, 'after-commit' as const),
});

type Interruption = typeof interruption extends fc.Arbitrary<infer T> ? T : never;

/** Clients that answer nothing from one call on, which takes effect or not: nothing that comes after it does. */
function mortal(aws: AwsClients, { call, phase }: Interruption): AwsClients {
  let calls = 0;
  const around = async (run: () => Promise<unknown>): Promise<unknown> => {
    calls += 1;
    const mine = calls;
    const answer = mine < call || (mine === call && phase === 'after-commit') ? await run() : null;
    if (calls >= call) throw Object.assign(new Error('dead'), { name: 'Dead', $metadata: { httpStatusCode: 400 } });
    return answer;
  };
  const wrap = <T extends object>(client: T): T =>
    new Proxy(client, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...input: readonly unknown[]) => around(() => Reflect.apply(member, target, input) as Promise<unknown>);
      },
    });
  const { s3, cognito, cognitoOnce, secrets, ecs, ecsOnce, close } = aws;
  return {
    s3: wrap(s3),
    cognito: wrap(cognito),
    cognitoOnce: wrap(cognitoOnce),
    secrets: wrap(secrets),
    ecs: wrap(ecs),
    ecsOnce: wrap(ecsOnce),
    close,
  };
}

interface Step {
  readonly wish: Wish;
  readonly outcome: 'SUCCESSFUL' | 'ROLLBACK_SUCCESSFUL' | 'STOPPED';
  readonly interruption: Interruption | null;
}

const steps = (wishes: readonly Wish[], interruptions: readonly (Interruption | null)[]): Step[] =>
  wishes.map((each, index) => ({ wish: each, outcome: 'SUCCESSFUL', interruption: interruptions[index] ?? null }));

/** Found by chance once: what is wanted last was published already, and then something else by a deploy that died. */
const publishedTwice = steps(
  [
    { clients: { 'a/default': {} } },
    { clients: { 'a/default': { scopes: ['admin'] } } },
    {},
    { clients: { 'a/default': {} } },
  ],
  [
    { call: 19, phase: 'before-commit' },
    { call: 22, phase: 'after-commit' },
  ],
);

test('after interrupted deploys nothing is left over either', { timeout: 240_000 }, async () => {
  const step: fc.Arbitrary<Step> = fc.record({ wish, outcome, interruption: fc.option(interruption) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (taken) => {
      const world = await World.start();
      const attempt = (what: Wish, on: string, aws = world.aws): Promise<DeployOutcome> =>
        world.deploy(what, { today: on, isAlive: () => false, aws });
      try {
        for (const [index, each] of taken.entries()) {
          world.embedded.script({ deployments: [{ outcome: each.outcome }] });
          const aws = each.interruption === null ? world.aws : mortal(world.aws, each.interruption);
          await attempt(each.wish, `2026-12-0${index + 1}`, aws);
        }
        const last = taken.at(-1)?.wish ?? {};
        let tries = 0;
        while (!ended.has((await attempt(last, '2026-12-09')).kind)) expect(++tries).toBeLessThan(9);
        expect((await world.plan(last, '2026-12-09')).actions).toEqual([]);
        await expectSound(world, last, tenants);
      } finally {
        await world.embedded.close();
      }
    }),
    { numRuns: 60, examples: [[publishedTwice]] },
  );
});
