import type { ConfigTestCase } from '../../compiler/schema/config-test.ts';
import type { Outcome } from './engine.ts';
import { providerOf } from './observed.ts';

type Expect = ConfigTestCase['expect'];

const defaultTolerance = 5;

/** Where the measured or exact shares miss what is expected. */
export function shareDifferences(expect: Expect, outcomes: readonly Outcome[], exact: boolean): string[] {
  if (expect.shares === undefined) return [];
  const counts = new Map<string, number>(Object.keys(expect.shares).map((provider) => [provider, 0]));
  for (const { weight, observation } of outcomes) {
    const provider = providerOf(observation) ?? 'no provider';
    counts.set(provider, (counts.get(provider) ?? 0) + weight);
  }
  const total = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  const tolerance = exact ? 0 : (expect.tolerance ?? defaultTolerance);
  const margin = tolerance === 0 ? '' : ` ± ${tolerance}`;
  return [...counts].flatMap(([provider, weight]) => {
    const expected = expect.shares?.[provider] ?? 0;
    // Weights are probabilities: a third times three may miss one by a bit of the last digit.
    const isMet = Math.abs((weight * 100) / total - expected) <= tolerance + 1e-9;
    return isMet ? [] : [`share of ${provider}: expected ${expected}${margin} %, was ${percentText(weight, total)}`];
  });
}

export function percentText(weight: number, total: number): string {
  return `${Number(((weight * 100) / total).toFixed(2))} %`;
}

/**
 * How often a case is sent where outcomes are measured: so often that the tolerance is more than four standard
 * deviations of the share that varies most, and a right split fails about once in 15 000 runs.
 */
export function runsFor({ shares, tolerance = defaultTolerance }: Expect): number {
  if (shares === undefined) return 1;
  const variance = Math.max(...Object.values(shares).map((percent) => percent * (100 - percent)));
  return Math.max(fewestRuns, Math.floor((16 * variance) / tolerance ** 2) + 1);
}

/** A share of all or nothing does not vary, but a config that splits where it should not must have a chance to show it. */
const fewestRuns = 40;
