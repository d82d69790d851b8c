import { compile } from '../../../compiler/compile.ts';
import { appliesTo, casesOf } from '../../../toolchain/config-tests/cases.ts';
import { model } from '../../../toolchain/config-tests/engines.ts';
import { testedEnvironment } from '../../../toolchain/config-tests/environment.ts';
import { type Result, runEnvironment } from '../../../toolchain/config-tests/runner.ts';
import { day, treeOf } from '../project.ts';
import { analysisOf, base, filesOf, isValid, type Values } from './outcome.ts';

/** A config test judges releases and changes none: these stay the same whatever the tests say. */
const { environments, releases } = compile({
  tree: treeOf(filesOf(base)),
  date: day,
  commit: null,
  toolVersion: 'test',
});
const tested = environments.flatMap((environment, index) => {
  const release = releases[index];
  return release === undefined ? [] : [testedEnvironment(environment, release)];
});

/** What the model engine reports of the cases of one file, a line each; undefined where the file is invalid. */
export async function reportOf(values: Values, file: string): Promise<readonly string[] | undefined> {
  const analysis = analysisOf(values);
  if (!isValid(analysis.findings)) return undefined;
  const cases = casesOf(analysis).filter((one) => one.file === file);
  const lines: string[] = [];
  for (const environment of tested) {
    const mine = cases.filter((one) => appliesTo(one, environment.name));
    const { results, exercises } = await runEnvironment(environment, mine, [model]);
    const clients = new Map(exercises.map((one) => [one.case, one.outcomes[0]?.observation.log['gw.client']]));
    lines.push(...results.map((result) => lineOf(result, clients.get(result.case))));
  }
  return lines;
}

function lineOf({ case: { test, name }, environment, status, verdicts, problems }: Result, client: unknown): string {
  const said = verdicts.flatMap((verdict) => {
    if (verdict.kind === 'failed') return verdict.differences;
    return verdict.kind === 'not-run' ? [verdict.reason] : [];
  });
  const as = client === undefined ? '' : ` as client ${String(client)}`;
  return `${test} in ${environment}${as}, ${name}: ${[status, ...problems, ...said].join('; ')}`;
}
