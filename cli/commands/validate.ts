import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { FormatOptions } from '../options.ts';
import { analyseTree, hasErrors, readConfiguration, renderFindings, type TreeOptions } from '../tree.ts';

export function validate(options: TreeOptions & FormatOptions, console: Console): ExitCode {
  const tree = readConfiguration(options);
  const analysis = analyseTree(tree, options);
  console.print(renderFindings(analysis, tree.files.length, options.format, console));
  return hasErrors(analysis.findings) ? exitCodes.findings : exitCodes.fine;
}
