import fc from 'fast-check';
import { expect, test } from 'vitest';
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
          while (!ended.has((await world.deploy(step.wish, { date })).kind)) expect(++tries).toBeLessThan(6);
          expect((await world.plan(step.wish, date)).actions).toEqual([]);
          const calls = await world.callsOf(() => world.deploy(step.wish, { date }));
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
