import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Engine, Outcome } from '../../toolchain/config-tests/engine.ts';
import { testedEnvironment } from '../../toolchain/config-tests/environment.ts';
import { Refusal } from '../../toolchain/config-tests/refusals.ts';
import type { OpenEngine } from '../../toolchain/config-tests/runner.ts';
import { compiled, day } from '../compiler/project.ts';
import { configuration } from './arbitraries.ts';
import { type Configuration, filesOf } from './configuration.ts';
import { judge } from './oracle.ts';
import { type Asked, asked } from './requests.ts';
import { type Told, toldByEngine, toldByOracle } from './told.ts';

export interface Extent {
  readonly seed: number;
  readonly configurations: number;
  /** To each configuration. */
  readonly requests: number;
}

export interface Compared {
  readonly cases: number;
  /** Configurations that do not compile. */
  readonly rejected: number;
  /** How often a request ended in a way, as the oracle names it: `served`, or what answered instead of a provider. */
  readonly ways: Readonly<Record<string, number>>;
  readonly disagreements: readonly Disagreement[];
}

export interface Disagreement extends Asked {
  readonly configuration: Configuration;
  readonly oracle: Told;
  readonly engine: Told;
}

/** An engine, and whether it says all possible ends with their shares or shows what so many runs come to. */
export interface Asking {
  readonly open: OpenEngine;
  readonly runs: 'all' | number;
}

/** Compiles random configurations and asks both about random requests. The same seed asks the same. */
export async function compare({ seed, configurations, requests }: Extent, { open, runs }: Asking): Promise<Compared> {
  const ways: Record<string, number> = {};
  const disagreements: Disagreement[] = [];
  let cases = 0;
  let rejected = 0;
  for (const [index, drawn] of fc.sample(configuration, { seed, numRuns: configurations }).entries()) {
    const { releases, environments } = compiled(filesOf(drawn));
    const [release] = releases;
    const [environment] = environments;
    if (release === undefined || environment === undefined) {
      rejected += 1;
      continue;
    }
    const engine = await open(testedEnvironment(environment, release));
    for (const { request, world } of fc.sample(asked(drawn), { seed: seed + index, numRuns: requests })) {
      const outcomes = await run(engine, { request, world }, runs);
      if (outcomes === undefined) continue;
      const answer = judge(drawn, day, request, world);
      const oracle = toldByOracle(answer);
      const told = toldByEngine(outcomes, answer);
      const way = answer.local ?? 'served';
      ways[way] = (ways[way] ?? 0) + 1;
      cases += 1;
      if (agree(oracle, told, runs)) continue;
      disagreements.push({ configuration: drawn, request, world, oracle, engine: told });
    }
    await engine.close();
  }
  return { cases, rejected, ways, disagreements };
}

/** undefined: the engine cannot tell. */
async function run(
  engine: Engine,
  { request, world }: Asked,
  runs: Asking['runs'],
): Promise<readonly Outcome[] | undefined> {
  try {
    return await engine.run(request, world, runs === 'all' ? 1 : runs);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function agree(oracle: Told, told: Told, runs: Asking['runs']): boolean {
  if (runs === 'all') return isDeepStrictEqual(oracle, told);
  const possible = Object.keys(told.ends).every((end) => Object.hasOwn(oracle.ends, end));
  return possible && oracle.tenant === told.tenant && oracle.decision === told.decision;
}
