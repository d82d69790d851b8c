import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../compiler/analyse.ts';
import type { Analysis } from '../compiler/analysis.ts';
import type { Compilation } from '../compiler/compile.ts';
import type { Finding } from '../compiler/diagnostics/finding.ts';
import { type Format, type Role, renderers } from '../compiler/diagnostics/renderers.ts';
import { type Memory, noMemory } from '../compiler/memory.ts';
import { readTree } from '../compiler/source/read.ts';
import type { SourceTree } from '../compiler/source/tree.ts';
import type { Console, Style } from './console.ts';
import { addToJobSummary, documentationAddress, folderInRepository } from './github.ts';
import { dateOf, type RootOptions, rootOf } from './options.ts';
import { UsageError } from './usage-error.ts';
import { toolVersion } from './version.ts';

export interface TreeOptions extends RootOptions {
  readonly env?: string;
}

/** Reads the configuration below --root. A root without any is a mistake of the command line, not of the configuration. */
export function readConfiguration(options: TreeOptions): SourceTree {
  const root = rootOf(options);
  if (!existsSync(root)) throw new UsageError(`--root ${options.root}: there is no such folder`);
  const tree = readTree(root);
  if (tree.files.length === 0) {
    throw new UsageError(`there is no configuration in ${root}: --root names the folder that holds gatewright.yaml`);
  }
  return tree;
}

export function analyseTree(tree: SourceTree, options: TreeOptions, memory: Memory = noMemory): Analysis {
  const analysis = analyse({ tree, date: dateOf(options), memory, ...selection(options) });
  return requireEnvironment(analysis, options);
}

export async function compileTree(tree: SourceTree, options: TreeOptions): Promise<Compilation> {
  // What validates only is asked most often, and loads neither.
  const { compile } = await import('../compiler/compile.ts');
  const { commitOnDisk } = await import('../toolchain/git.ts');
  const commit = await commitOnDisk(rootOf(options));
  const input = { tree, date: dateOf(options), commit, toolVersion: toolVersion(), ...selection(options) };
  return requireEnvironment(compile(input), options);
}

function selection({ env }: TreeOptions): { environments?: readonly string[] } {
  return env === undefined ? {} : { environments: [env] };
}

/** Reads nothing else of the command line than --env: a name that no file declares is a mistake there. */
export function requireEnvironment<A extends Analysis>(analysis: A, { env }: TreeOptions): A {
  const names = analysis.resources.declared.Environment;
  if (env !== undefined && names.size > 0 && !names.has(env)) {
    throw new UsageError(`--env ${env}: there is no such environment; there are ${[...names].sort().join(', ')}`);
  }
  return analysis;
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}

/** What findings are shown with. */
type Said = Pick<Analysis, 'findings' | 'documents'>;

export function renderFindings(analysis: Said, files: number, format: Format, console: Console): string {
  return renderers[format](analysis.findings, contextOf(analysis, files, console));
}

function contextOf(analysis: Said, files: number, console: Console) {
  return {
    files,
    sourceOf: (file: string) => analysis.documents.get(file)?.text,
    style: (text: string, role: Role) => console.style(text, styles[role]),
  };
}

/** Annotations cannot hold everything: with them goes the summary of the job. */
export function printFindings(
  analysis: Analysis,
  files: number,
  { format, root }: RootOptions & { readonly format: Format },
  console: Console,
): void {
  const documentation = documentationAddress();
  const context = {
    ...contextOf(analysis, files, console),
    folder: folderInRepository(rootOf({ root })),
    toolVersion: toolVersion(),
    ...(documentation === undefined ? {} : { documentation }),
  };
  console.print(renderers[format](analysis.findings, context));
  if (format === 'github') addToJobSummary(renderers.markdown(analysis.findings, context));
}

const styles: Readonly<Record<Role, Style>> = {
  error: 'red',
  warning: 'yellow',
  info: 'cyan',
  place: 'bold',
  frame: 'dim',
  hint: 'green',
};

/** A path as people should see it: relative to where the configuration is. */
export function below(root: string, ...parts: string[]): string {
  return join(root === process.cwd() ? '' : root, ...parts);
}
