import type { Compilation } from '../../compiler/compile.ts';
import { appliesTo, type CaseFilter, casesOf, isWanted } from './cases.ts';
import { coverageOf } from './coverage.ts';
import { testedEnvironment } from './environment.ts';
import type { Report } from './report.ts';
import { type CaseStart, type EnvironmentRun, type OpenEngine, runEnvironment } from './runner.ts';

interface RunOptions {
  readonly engines: readonly OpenEngine[];
  readonly coverage: boolean;
  readonly only?: CaseFilter;
  /** Called before each environment. */
  readonly onEnvironment?: (environment: string, cases: number) => void;
  /** Called before each case. */
  readonly onCase?: (environment: string, start: CaseStart) => void;
}

/** cases → link → run → judge → coverage, for each compiled environment. */
export async function runConfigTests(
  compilation: Compilation,
  { engines, coverage, only = {}, onEnvironment, onCase }: RunOptions,
): Promise<Report> {
  const cases = casesOf(compilation).filter((one) => isWanted(one, only));
  const runs: EnvironmentRun[] = [];
  for (const [index, release] of compilation.releases.entries()) {
    const analysed = compilation.environments[index];
    if (analysed === undefined) continue;
    const mine = cases.filter((one) => appliesTo(one, release.environment));
    onEnvironment?.(release.environment, mine.length);
    const environment = testedEnvironment(analysed, release);
    runs.push(await runEnvironment(environment, mine, engines, (start) => onCase?.(release.environment, start)));
  }
  return {
    results: runs.flatMap(({ results }) => results),
    coverage: coverage ? runs.map(coverageOf) : undefined,
  };
}
