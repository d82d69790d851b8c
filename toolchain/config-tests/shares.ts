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
  return shares === undefined ? 1 : Math.max(fewestRuns, Math.floor((16 * varianceOf(shares)) / tolerance ** 2) + 1);
}

/** Why a tolerance cannot be measured; undefined: it can. */
export function toleranceProblem(expect: Expect): string | undefined {
  const runs = runsFor(expect);
  if (expect.shares === undefined || runs <= mostRuns) return undefined;
  const possible = Math.ceil(Math.sqrt((16 * varianceOf(expect.shares)) / (mostRuns - 1)));
  return `a tolerance of ${expect.tolerance} takes ${runs} requests, more than ${mostRuns}: ${possible} can be had`;
}

function varianceOf(shares: NonNullable<Expect['shares']>): number {
  return Math.max(...Object.values(shares).map((percent) => percent * (100 - percent)));
}

/** About a minute of measuring. */
const mostRuns = 5000;

/** A share of all or nothing does not vary, but a config that splits where it should not must have a chance to show it. */
const fewestRuns = 40;
