import { printable } from '../../compiler/diagnostics/render/printable.ts';
import { type FixResult, fixFindings } from '../../toolchain/fix.ts';
import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type FormatOptions, rootOf } from '../options.ts';
import { analyseTree, hasErrors, printFindings, readConfiguration, type TreeOptions } from '../tree.ts';

interface ValidateOptions extends TreeOptions, FormatOptions {
  readonly fix?: true;
}

export function validate(options: ValidateOptions, console: Console): ExitCode {
  const { tree, analysis } = options.fix === true ? mend(options, console) : check(options);
  printFindings(analysis, tree.files.length, options, console);
  return hasErrors(analysis.findings) ? exitCodes.findings : exitCodes.fine;
}

function check(options: ValidateOptions) {
  const tree = readConfiguration(options);
  return { tree, analysis: analyseTree(tree, options) };
}

/** Says on standard error what was written, so that standard output stays what the format promises. */
function mend(options: ValidateOptions, console: Console): FixResult['last'] {
  const { mends, unmended, last } = fixFindings(rootOf(options), () => check(options));
  for (const { file, position, from, to } of mends) {
    console.progress(printable(`mended ${file}:${position.line} ${from} → ${to}`));
  }
  for (const { finding, reason } of unmended) {
    console.progress(printable(`left ${finding.place.file}:${finding.place.range.start.line} ${reason}`));
  }
  if (mends.length === 0 && unmended.length === 0) console.progress('nothing that can be mended without a person');
  return last;
}
