import { type DiffFormat, type DiffRole, diffRenderers } from '../../compiler/diff/renderers.ts';
import { diffTrees } from '../../toolchain/diff.ts';
import { GitProblem } from '../../toolchain/git.ts';
import type { Console, Style } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { dateOf, rootOf } from '../options.ts';
import { readConfiguration, renderFindings, requireEnvironment, type TreeOptions } from '../tree.ts';
import { UsageError } from '../usage-error.ts';

interface DiffOptions extends TreeOptions {
  readonly base: string;
  readonly head?: string;
  readonly format: DiffFormat;
  readonly exitCode?: boolean;
}

export async function diff(options: DiffOptions, console: Console): Promise<ExitCode> {
  const { base, head, env, format } = options;
  const tree = head === undefined ? readConfiguration(options) : undefined;
  const input = {
    root: rootOf(options),
    base,
    date: dateOf(options),
    ...(tree === undefined ? { ...(head === undefined ? {} : { head }) } : { head: tree }),
    ...(env === undefined ? {} : { environments: [env] }),
  };
  const result = await diffTrees(input).catch((error: unknown) => {
    if (error instanceof GitProblem) throw new UsageError(`${error.message}\n  fix ${error.fix}`);
    throw error;
  });
  requireEnvironment(result.head, options);
  if (result.comparison === null) {
    console.print(renderFindings(result.head, tree?.files.length ?? 0, format === 'json' ? 'json' : 'text', console));
    return exitCodes.findings;
  }
  const style = (text: string, role: DiffRole) => console.style(text, styles[role]);
  console.print(diffRenderers[format](result.comparison, { style }));
  return options.exitCode === true && result.changes.length > 0 ? exitCodes.pending : exitCodes.fine;
}

const styles: Readonly<Record<DiffRole, Style>> = {
  dangerous: 'red',
  caution: 'yellow',
  safe: 'green',
  place: 'dim',
  note: 'cyan',
};
