import { beforeAll, describe, expect, it } from 'vitest';
import { binary, model } from '../../toolchain/config-tests/engines.ts';
import { binary as gateway } from '../toolchain/config-tests/binary-world.ts';
import { type Compared, compare, type Disagreement, type Extent } from './opinions.ts';

/** Every night other cases than on every other night; in between always the same. */
const nightly = process.env['NIGHTLY'] === '1';
const extent: Extent = nightly
  ? { seed: Date.now() % 2 ** 31, configurations: 1000, requests: 64 }
  : { seed: 20_261_124, configurations: 90, requests: 32 };
const leastCases = nightly ? 50_000 : 2000;

describe(`random configurations and requests, seed ${extent.seed}`, () => {
  let compared: Compared;
  beforeAll(async () => {
    compared = await compare(extent, { open: model, runs: 'all' });
  }, 1_800_000);

  it('are answered by the compiled config as the resources promise: tenant, rule, targets, shares and status', () => {
    expect(compared.cases).toBeGreaterThanOrEqual(leastCases);
    const [first, ...others] = compared.disagreements;
    if (first !== undefined) expect.fail(`${others.length + 1} disagreements, the first:\n${report(first)}`);
  });

  it('are valid configurations, but for a few', () => {
    expect(compared.rejected / extent.configurations).toBeLessThan(0.05);
  });

  it.each([
    'served',
    'token',
    'models',
    'not found',
    'unsupported',
    'budget',
    'budget unanswered',
    'limit',
    'guardrail',
    '!token',
    '!tenant',
    '!suspended',
    '!limit',
    '!large',
    '!json',
    '!blocked',
    '!model',
  ])('often enough end as: %s', (way) => {
    const share = (compared.ways[way] ?? 0) / compared.cases;
    expect(share).toBeGreaterThan(way === 'served' ? 0.15 : 0.001);
  });
});

describe.skipIf(gateway.isMissing)(`random requests to the gateway itself${gateway.note}`, () => {
  const few: Extent = { seed: 20_261_124, configurations: nightly ? 60 : 10, requests: 20 };

  it('end in no way that the resources do not promise', { timeout: 1_800_000 }, async () => {
    const { cases, disagreements } = await compare(few, { open: binary(gateway.executable), runs: 2 });
    expect(cases).toBeGreaterThan(100);
    const [first, ...others] = disagreements;
    if (first !== undefined) expect.fail(`${others.length + 1} disagreements, the first:\n${report(first)}`);
  });
});

function report({ configuration, request, world, oracle, engine }: Disagreement): string {
  return [
    `the resources promise ${JSON.stringify(oracle, null, 1)}`,
    `the compiled config answers ${JSON.stringify(engine, null, 1)}`,
    `to ${JSON.stringify(request, null, 1)}`,
    `while ${JSON.stringify(world, null, 1)}`,
    `with ${JSON.stringify(configuration)}`,
  ].join('\n');
}
