import { isAbsolute, join, relative, resolve } from 'node:path';
import { shareText, type Use } from '../../compiler/capacity/use.ts';
import type { Compilation } from '../../compiler/compile.ts';
import { findingsJson } from '../../compiler/diagnostics/render/json.ts';
import type { Release } from '../../compiler/emit/release.ts';
import { folders } from '../../compiler/source/tree.ts';
import { gatewaySchemaProblems } from '../../toolchain/gateway-schema.ts';
import { isReplaceable, writeArtifacts } from '../../toolchain/write-artifacts.ts';
import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type FormatOptions, rootOf } from '../options.ts';
import { printJson } from '../print-json.ts';
import { below, compileTree, hasErrors, readConfiguration, renderFindings, type TreeOptions } from '../tree.ts';
import { UsageError } from '../usage-error.ts';

interface CompileOptions extends TreeOptions, FormatOptions {
  readonly out: string;
  readonly gatewaySchema?: string;
}

/** Either all environments are written, each as a whole, or none is touched. */
export async function compile(options: CompileOptions, console: Console): Promise<ExitCode> {
  const tree = readConfiguration(options);
  const compilation = await compileTree(tree, options);
  if (hasErrors(compilation.findings)) {
    console.print(renderFindings(compilation, tree.files.length, options.format, console));
    return exitCodes.findings;
  }
  if (options.gatewaySchema !== undefined) requireValid(compilation.releases, resolve(options.gatewaySchema));
  const folderOf = folderFor(compilation.releases, options);
  for (const release of compilation.releases) writeArtifacts(folderOf(release), release.artifacts);
  const written = compilation.releases.map((release) => writtenFrom(release, compilation, options));
  if (options.format === 'json') printJson(console, outcomeJson(compilation, written));
  else console.print(renderFindings(compilation, tree.files.length, 'text', console) + outcomeText(written, console));
  return exitCodes.fine;
}

function requireValid(releases: readonly Release[], schema: string): void {
  for (const { environment, artifacts } of releases) {
    const problems = gatewaySchemaProblems(artifacts['agentgateway.json'], schema);
    if (problems.length === 0) continue;
    throw new Error(`${environment}/agentgateway.json breaks the gateway's schema:\n${problems.join('\n')}`);
  }
}

/** Where each release goes: nowhere among the configuration, and not in place of what no compile has written. */
function folderFor(releases: readonly Release[], { root, out }: CompileOptions): (release: Release) => string {
  const [base, target] = [rootOf({ root }), resolve(rootOf({ root }), out)];
  if (target === base || folders.some((folder) => isWithin(target, resolve(base, folder)))) {
    throw new UsageError(`--out ${out}: artifacts would lie among the configuration`);
  }
  const folderOf = ({ environment }: Release) => join(target, environment);
  const taken = releases.map(folderOf).find((folder) => !isReplaceable(folder));
  if (taken === undefined) return folderOf;
  throw new UsageError(`--out ${out}: ${taken} holds something else and would be replaced`);
}

function isWithin(path: string, folder: string): boolean {
  const between = relative(folder, path);
  return !between.startsWith('..') && !isAbsolute(between);
}

interface Written {
  readonly environment: string;
  readonly release: string;
  readonly folder: string;
  readonly capacity: readonly Use[];
}

function writtenFrom({ environment, id }: Release, { environments }: Compilation, options: CompileOptions): Written {
  const analysed = environments.find(({ model }) => model.environment.name === environment);
  const folder = below(rootOf(options), options.out, environment);
  return { environment, release: id, folder, capacity: analysed?.capacity ?? [] };
}

function outcomeJson({ findings, resources }: Compilation, written: readonly Written[]): object {
  return {
    findings: findingsJson(findings),
    promotion: resources.project?.spec.promotion ?? [],
    releases: written.map(({ capacity, ...release }) => ({
      ...release,
      capacity: capacity.map(({ name, used, most, unit }) => ({ name, used, most, unit })),
    })),
  };
}

function outcomeText(written: readonly Written[], console: Console): string {
  return written
    .map(({ environment, release, folder, capacity }) => {
      const takes = capacity.map((use) => `${shareText(use)} ${use.name}`).join(', ');
      const id = console.style(release.slice(0, 12), 'bold');
      return `${environment}: release ${id} in ${folder}\n${console.style(`  takes ${takes}`, 'dim')}\n`;
    })
    .join('');
}
