import { existsSync } from 'node:fs';
import { binary, model } from '../../toolchain/config-tests/engines.ts';
import { type TestFormat, testRenderers } from '../../toolchain/config-tests/renderers.ts';
import { hasFailures, type Role } from '../../toolchain/config-tests/report.ts';
import { runConfigTests } from '../../toolchain/config-tests/run.ts';
import type { CaseStart, OpenEngine } from '../../toolchain/config-tests/runner.ts';
import type { Console, Style } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { compileTree, hasErrors, readConfiguration, renderFindings, type TreeOptions } from '../tree.ts';
import { UsageError } from '../usage-error.ts';

interface TestOptions extends TreeOptions {
  readonly engine?: 'model' | 'binary' | 'all';
  readonly format: TestFormat;
  readonly coverage?: true;
  readonly file?: string;
  readonly case?: string;
}

/** Compiles every environment, then sends the requests of routing/tests to what came out. */
export async function test(options: TestOptions, console: Console): Promise<ExitCode> {
  const engines = enginesFor(options, console);
  const tree = readConfiguration(options);
  const compilation = await compileTree(tree, options);
  if (hasErrors(compilation.findings)) {
    console.print(renderFindings(compilation, tree.files.length, options.format, console));
    return exitCodes.findings;
  }
  const report = await runConfigTests(compilation, {
    engines,
    coverage: options.coverage === true,
    only: { file: options.file, name: options.case },
    // The model alone is done before anybody has read it.
    ...(engines.some((engine) => engine !== model) ? progressOn(console) : {}),
  });
  if (report.results.length === 0 && (options.file ?? options.case) !== undefined) {
    throw new UsageError('no case has what --file and --case ask for');
  }
  const style = (text: string, role: Role) => console.style(text, styles[role]);
  console.print(testRenderers[options.format](report, { style }));
  return hasFailures(report) ? exitCodes.findings : exitCodes.fine;
}

const silence = 5000;

/** A line per environment, for each case that is measured, and whenever nothing was said for some seconds. */
function progressOn(console: Console) {
  let last = Date.now();
  const say = (text: string) => {
    last = Date.now();
    console.progress(text);
  };
  return {
    onEnvironment: (environment: string, cases: number) => say(`${environment}: ${cases} cases`),
    onCase: (environment: string, { number, of, name, runs }: CaseStart) => {
      const times = runs === 1 ? '' : `, sent ${runs} times`;
      if (runs > 1 || Date.now() - last >= silence) say(`${environment}: case ${number} of ${of}${times}: ${name}`);
    },
  };
}

const variable = 'GATEWRIGHT_AGENTGATEWAY';

/** The model always works; the binary where somebody says where it is. */
function enginesFor({ engine }: TestOptions, console: Console): OpenEngine[] {
  const executable = process.env[variable] ?? '';
  if (engine === 'model') return [model];
  if (executable === '') {
    if (engine === 'binary') throw new UsageError(`--engine binary: ${variable} names no agentgateway executable`);
    console.progress(`the binary engine is skipped: ${variable} names no agentgateway executable`);
    return [model];
  }
  if (!existsSync(executable)) throw new UsageError(`${variable}: there is no file ${executable}`);
  return engine === 'binary' ? [binary(executable)] : [model, binary(executable)];
}

const styles: Readonly<Record<Role, Style>> = {
  passed: 'green',
  failed: 'red',
  'not-run': 'yellow',
  place: 'bold',
};
