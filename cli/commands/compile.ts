import { isAbsolute, join, relative, resolve } from 'node:path';
import { shareText, type Use } from '../../compiler/capacity/use.ts';
import { findingsJson } from '../../compiler/diagnostics/render/json.ts';
import { jsonText } from '../../compiler/diagnostics/render/json-text.ts';
import { folders } from '../../compiler/source/tree.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import { gatewaySchemaProblems } from '../../toolchain/gateway-schema.ts';
import { isReplaceable, writeArtifacts } from '../../toolchain/write-artifacts.ts';
import type { Console } from '../console.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type FormatOptions, rootOf } from '../options.ts';
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
  const { findings, releases, resources, environments } = compilation;
  if (hasErrors(findings)) {
    console.print(renderFindings(compilation, tree.files.length, options.format, console));
    return exitCodes.findings;
  }
  for (const { environment, artifacts } of options.gatewaySchema === undefined ? [] : releases) {
    const problems = gatewaySchemaProblems(artifacts['agentgateway.json'], resolve(options.gatewaySchema ?? ''));
    if (problems.length > 0)
      throw new Error(`${environment}/agentgateway.json breaks the gateway's schema:\n${problems.join('\n')}`);
  }
  const out = resolve(rootOf(options), options.out);
  const folderOf = (environment: string) => join(out, environment);
  if (out === rootOf(options) || folders.some((folder) => isWithin(out, resolve(rootOf(options), folder)))) {
    throw new UsageError(`--out ${options.out}: artifacts would lie among the configuration`);
  }
  for (const { environment } of releases) {
    if (isReplaceable(folderOf(environment))) continue;
    throw new UsageError(`--out ${options.out}: ${folderOf(environment)} holds something else and would be replaced`);
  }
  const written = releases.map((release) => {
    writeArtifacts(folderOf(release.environment), release.artifacts);
    return {
      environment: release.environment,
      release: release.id,
      folder: below(rootOf(options), options.out, release.environment),
      capacity: environments.find(({ model }) => model.environment.name === release.environment)?.capacity ?? [],
    };
  });
  if (options.format === 'json') {
    const promotion = resources.project?.spec.promotion ?? [];
    console.print(
      `${jsonText({ schemaVersion, findings: findingsJson(findings), promotion, releases: written.map((one) => ({ ...one, capacity: one.capacity.map(useJson) })) })}\n`,
    );
  } else {
    console.print(renderFindings(compilation, tree.files.length, 'text', console));
    for (const { environment, release, folder, capacity } of written) {
      console.print(`${environment}: release ${console.style(release.slice(0, 12), 'bold')} in ${folder}\n`);
      console.print(`${console.style(`  takes ${capacity.map(useText).join(', ')}`, 'dim')}\n`);
    }
  }
  return exitCodes.fine;
}

function useText(use: Use): string {
  return `${shareText(use)} ${use.name}`;
}

function useJson({ name, used, most, unit }: Use): Pick<Use, 'name' | 'used' | 'most' | 'unit'> {
  return { name, used, most, unit };
}

function isWithin(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return !below.startsWith('..') && !isAbsolute(below);
}
