import { digest } from '../contract/canonical.ts';
import { type AnalysisInput, analyse, overrides } from './analyse.ts';
import type { Analysis } from './analysis.ts';
import { measureConfig } from './capacity/measure.ts';
import { capacityReports } from './capacity/report.ts';
import { settle } from './diagnostics/engine.ts';
import { positionOf } from './diagnostics/position.ts';
import { emit } from './emit/emit.ts';
import { assemble, type Release } from './emit/release.ts';
import type { SourceDocument } from './source/document.ts';
import type { SourceTree } from './source/tree.ts';
import { verify } from './verify/verify.ts';

/** All files are read: a release of a part would remove the rest. */
export interface CompileInput extends Omit<AnalysisInput, 'unread'> {
  readonly commit: string | null;
  readonly toolVersion: string;
}

export interface Compilation extends Analysis {
  /** Empty where a finding is an error: there is no half release. */
  readonly releases: readonly Release[];
}

/** analyse → emit → verify. */
export function compile(input: CompileInput): Compilation {
  const analysis = analyse(input);
  if (analysis.findings.some((finding) => finding.severity === 'error')) return { ...analysis, releases: [] };
  // What could not be read is missing from the model, and a deploy would take it for removed.
  if (!analysis.resources.complete) throw new Error('a file was not read as a whole, but no finding says so');
  const inputs = inputDigest(input.tree, analysis.documents);
  const { date, commit, toolVersion } = input;
  const releases = analysis.environments.map(({ model, table }) => {
    const release = assemble(
      model.environment.name,
      emit(model, table),
      { commit, inputs, date, toolVersion },
      (origin) => positionOf(origin, analysis.documents),
    );
    verify(model, release.artifacts);
    return release;
  });
  return withConfigSizes(analysis, releases);
}

/** How large a config became is known last; one that is too large is no release. */
function withConfigSizes(analysis: Analysis, releases: readonly Release[]): Compilation {
  const uses = analysis.environments.map(({ model }, index) =>
    measureConfig(model, releases[index]?.artifacts['agentgateway.json'] ?? ''),
  );
  const environments = analysis.environments.map((environment, index) => {
    return { ...environment, capacity: [...environment.capacity, ...uses.slice(index, index + 1)] };
  });
  const reports = [...capacityReports(uses)];
  const findings = settle([...analysis.findings, ...reports], analysis.documents, overrides(analysis.resources));
  const isRefused = reports.some(({ code }) => code === 'limits/capacity');
  return { ...analysis, environments, findings, releases: isRefused ? [] : releases };
}

/** Over the path and the bytes of every file that was read. */
function inputDigest(tree: SourceTree, documents: ReadonlyMap<string, SourceDocument>): string {
  const decoder = new TextDecoder();
  return digest(
    JSON.stringify(
      tree.files.map(({ path, content }) => {
        const text = documents.get(path)?.text;
        return [path, text ?? ('refused' in content ? content.refused : decoder.decode(content))];
      }),
    ),
  );
}
