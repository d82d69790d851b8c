import { expect, test } from 'vitest';
import type { World } from './harness.ts';
import { after, before, prepare, type Run, run, tenants } from './kill.ts';
import { expectSound } from './sound.ts';

test('a deploy that is killed can be reverted instead of repeated', { timeout: 300_000 }, async () => {
  const judge = async (world: World): Promise<object> => {
    await expectSound(world, before, tenants);
    return {};
  };
  const reverted: Run = { prepared: await prepare(), wish: after, afterwards: before, kill: null, judge };
  const { calls } = await run(reverted);
  expect(calls).toBeGreaterThan(20);
  for (let call = 1; call <= calls; call += 1) await run({ ...reverted, kill: { call, phase: 'after-commit' } });
});
