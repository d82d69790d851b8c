import { digest } from '../contract/canonical.ts';
import type { AnalysedEnvironment, Analysis } from './analysis.ts';
import { referenceUnknown } from './checks/reference/unknown.ts';
import { environmentChecks, treeChecks } from './checks/registry.ts';
import { settle } from './diagnostics/engine.ts';
import type { Origin, Position, RawFinding, Report } from './diagnostics/finding.ts';
import type { SeverityOverride } from './diagnostics/severity.ts';
import { emit } from './emit/emit.ts';
import { assemble, type Release } from './emit/release.ts';
import { load } from './resolve/load.ts';
import { resolve } from './resolve/resolve.ts';
import type { Resource, Resources } from './resolve/resources.ts';
import { kindOf } from './schema/kinds.ts';
import type { SourceDocument } from './source/document.ts';
import { parseFile } from './source/parse.ts';
import { treeFindings } from './source/refused.ts';
import type { SourceTree } from './source/tree.ts';
import { buildTable } from './table/build.ts';
import { verify } from './verify/verify.ts';

export interface AnalysisInput {
  readonly tree: SourceTree;
  /** The day whose prices and dates hold, YYYY-MM-DD. */
  readonly date: string;
  /** Names; undefined: all. */
  readonly environments?: readonly string[];
}

export interface CompileInput extends AnalysisInput {
  readonly commit: string | null;
  readonly toolVersion: string;
}

export interface Compilation extends Analysis {
  /** Empty where a finding is an error: there is no half release. */
  readonly releases: readonly Release[];
}

/** read → parse → schema → resolve → table → check. All findings of all stages, in one run. */
export function analyse({ tree, date, environments }: AnalysisInput): Analysis {
  const { documents, findings: raw } = parse(tree);
  const loaded = load(
    tree.files.map((file) => file.path),
    documents,
  );
  // A reference into the void leaves holes in the model as well: checks of absence must not fall into them. Config tests
  // are no part of it.
  const unknown = [...referenceUnknown({ resources: loaded.resources, documents: [] })].filter(
    ({ at }) => kindOf(at.file) !== 'ConfigTest',
  );
  const resources = { ...loaded.resources, sound: loaded.resources.complete && unknown.length === 0 };
  const selected = select(resources, environments);
  const resolved = selected.map((environment) => resolve(resources, environment, date));
  const analysed = resolved.map(({ model }) => ({ model, table: buildTable(model) }));
  const reports = [
    ...raw,
    ...loaded.reports,
    ...resolved.flatMap((r) => r.reports),
    ...analysed.flatMap((a) => a.table.reports),
    ...check(resources, documents, analysed),
  ];
  const findings = settle(reports, documents, overrides(resources));
  return { date, resources, documents, environments: analysed, findings };
}

/** analyse → emit → verify. */
export function compile(input: CompileInput): Compilation {
  const analysis = analyse(input);
  if (analysis.findings.some((finding) => finding.severity === 'error')) return { ...analysis, releases: [] };
  // What could not be read is missing from the model, and a deploy would take it for removed.
  if (!analysis.resources.complete) throw new Error('a file was not read as a whole, but no finding says so');
  const inputs = inputDigest(input.tree);
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
  return { ...analysis, releases };
}

function parse(tree: SourceTree): { documents: Map<string, SourceDocument>; findings: RawFinding[] } {
  const documents = new Map<string, SourceDocument>();
  const findings: RawFinding[] = [...treeFindings(tree)];
  for (const file of tree.files) {
    const parsed = parseFile(file);
    findings.push(...parsed.findings);
    if (parsed.document !== undefined) documents.set(file.path, parsed.document);
  }
  return { documents, findings };
}

function select(resources: Resources, names: readonly string[] | undefined): Resource<'Environment'>[] {
  const all = [...resources.environments.values()];
  return names === undefined ? all : all.filter((environment) => names.includes(environment.name));
}

function* check(
  resources: Resources,
  documents: ReadonlyMap<string, SourceDocument>,
  analysed: readonly AnalysedEnvironment[],
): Iterable<Report> {
  const tree = { resources, documents: [...documents.values()] };
  for (const run of Object.values(treeChecks)) yield* run(tree);
  for (const context of analysed) {
    for (const run of Object.values(environmentChecks)) yield* run(context);
  }
}

function overrides(resources: Resources): Readonly<Record<string, SeverityOverride>> {
  return resources.project?.spec.checks ?? {};
}

function positionOf(origin: Origin, documents: ReadonlyMap<string, SourceDocument>): Position {
  return documents.get(origin.file)?.locate(origin.path, origin.key).start ?? { line: 1, column: 1 };
}

/** Over the path and the bytes of every file that was read. */
function inputDigest(tree: SourceTree): string {
  const decoder = new TextDecoder();
  return digest(
    JSON.stringify(
      tree.files.map(({ path, content }) => [path, 'refused' in content ? content.refused : decoder.decode(content)]),
    ),
  );
}
