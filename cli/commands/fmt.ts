import { relative, resolve, sep } from 'node:path';
import { settle } from '../../compiler/diagnostics/engine.ts';
import { printable } from '../../compiler/diagnostics/render/printable.ts';
import type { SourceFile, SourceTree } from '../../compiler/source/tree.ts';
import { type Formatted, format } from '../../toolchain/format/format.ts';
import { type Replacement, replaceFiles } from '../../toolchain/replace-files.ts';
import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type RootOptions, rootOf } from '../options.ts';
import { readConfiguration, renderFindings } from '../tree.ts';
import { UsageError } from '../usage-error.ts';

interface FmtOptions extends RootOptions {
  readonly check?: true;
}

type Outcome<K extends Formatted['kind']> = Extract<Formatted, { kind: K }> & { readonly file: SourceFile };

/** Everything is formatted in memory before anything is written: a defect of ours costs nobody a file. */
export function fmt(names: readonly string[], options: FmtOptions, console: Console): ExitCode {
  const root = rootOf(options);
  const files = select(readConfiguration(options).files, names, root);
  const outcomes = files.map((file) => ({ file, ...format(file) }));
  const refused = outcomes.filter((outcome): outcome is Outcome<'refused'> => outcome.kind === 'refused');
  const formatted = outcomes.filter((outcome): outcome is Outcome<'formatted'> => outcome.kind === 'formatted');
  const left = outcomes.filter((outcome): outcome is Outcome<'left'> => outcome.kind === 'left');
  const changed = formatted.filter((outcome) => outcome.changed);
  const problem = options.check === true ? undefined : replaceFiles(root, changed.flatMap(replacement));
  if (problem !== undefined) {
    console.progress(`nothing was written: ${problem}`);
    return exitCodes.findings;
  }
  for (const { file } of changed) console.print(`${file.path}\n`);
  for (const { file, reason } of left) console.print(`${printable(`${file.path} is left as it is: ${reason}`)}\n`);
  if (refused.length > 0) console.print(complaints(refused, console));
  console.progress(summary(files.length, changed.length, refused.length + left.length, options.check === true));
  const failed = refused.length > 0 || left.length > 0 || (options.check === true && changed.length > 0);
  return failed ? exitCodes.findings : exitCodes.fine;
}

function replacement({ file: { path, content }, text }: Outcome<'formatted'>): Replacement[] {
  return 'refused' in content ? [] : [{ file: path, before: content, after: new TextEncoder().encode(text) }];
}

/** Names are files and folders, as a shell completes them. */
function select(files: SourceTree['files'], names: readonly string[], root: string): SourceTree['files'] {
  if (names.length === 0) return files;
  const selected = new Set<string>();
  for (const name of names) {
    const wanted = relative(root, resolve(name)).split(sep).join('/');
    const found = files.filter(({ path }) => wanted === '' || path === wanted || path.startsWith(`${wanted}/`));
    if (found.length === 0) throw new UsageError(`${name}: no configuration of ${root} lies there`);
    for (const { path } of found) selected.add(path);
  }
  return files.filter(({ path }) => selected.has(path));
}

function complaints(refused: readonly Outcome<'refused'>[], console: Console): string {
  const documents = new Map(
    refused.flatMap(({ file, document }) => (document === undefined ? [] : [[file.path, document]])),
  );
  const findings = settle(
    refused.flatMap((outcome) => outcome.findings),
    documents,
  );
  return renderFindings({ findings, documents }, refused.length, 'text', console);
}

function summary(all: number, changed: number, untouched: number, isCheck: boolean): string {
  const said = isCheck ? 'not formatted' : 'formatted';
  const left = untouched === 0 ? '' : `, ${untouched} left as ${untouched === 1 ? 'it is' : 'they are'}`;
  return `${all} ${all === 1 ? 'file' : 'files'}: ${changed} ${said}${left}`;
}
