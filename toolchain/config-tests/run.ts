import type { Compilation } from '../../compiler/compile.ts';
import { appliesTo, casesOf } from './cases.ts';
import { coverageOf } from './coverage.ts';
import { testedEnvironment } from './environment.ts';
import type { Report } from './report.ts';
import { type EnvironmentRun, type OpenEngine, runEnvironment } from './runner.ts';

interface RunOptions {
  readonly engines: readonly OpenEngine[];
  readonly coverage: boolean;
  /** Called before each environment. */
  readonly onEnvironment?: (environment: string, cases: number) => void;
}

/** cases → link → run → judge → coverage, for each compiled environment. */
export async function runConfigTests(
  compilation: Compilation,
  { engines, coverage, onEnvironment }: RunOptions,
): Promise<Report> {
  const cases = casesOf(compilation);
  const runs: EnvironmentRun[] = [];
  for (const [index, release] of compilation.releases.entries()) {
    const analysed = compilation.environments[index];
    if (analysed === undefined) continue;
    const mine = cases.filter((one) => appliesTo(one, release.environment));
    onEnvironment?.(release.environment, mine.length);
    runs.push(await runEnvironment(testedEnvironment(analysed, release), mine, engines));
  }
  return {
    results: runs.flatMap(({ results }) => results),
    coverage: coverage ? runs.map(coverageOf) : undefined,
  };
}
