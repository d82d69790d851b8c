import type { Analysis } from './analysis.ts';
import { measure } from './capacity/measure.ts';
import { capacityReports } from './capacity/report.ts';
import { environmentChecks, treeChecks } from './checks/registry.ts';
import { environmentReports, treeReports } from './checks/run.ts';
import { settle } from './diagnostics/engine.ts';
import type { RawFinding, Report } from './diagnostics/finding.ts';
import type { SeverityOverride } from './diagnostics/severity.ts';
import { type Memory, noMemory } from './memory.ts';
import { load } from './resolve/load.ts';
import { resolve } from './resolve/resolve.ts';
import type { Resource, Resources } from './resolve/resources.ts';
import { kindOf } from './schema/kinds.ts';
import type { SourceDocument } from './source/document.ts';
import { parseFile } from './source/parse.ts';
import { treeFindings } from './source/refused.ts';
import type { SourceTree } from './source/tree.ts';
import { buildTable } from './table/build.ts';

export interface AnalysisInput {
  readonly tree: SourceTree;
  /** The day whose prices and dates hold, YYYY-MM-DD. */
  readonly date: string;
  /** Names; undefined: all. */
  readonly environments?: readonly string[];
  /** Paths of files that are there and are not read: nothing is concluded from what is absent then. */
  readonly unread?: ReadonlySet<string>;
  /** Of earlier runs of the caller; without one, everything is done anew. */
  readonly memory?: Memory;
}

/** read → parse → schema → resolve → table → check. All findings of all stages, in one run. */
export function analyse({ tree, date, environments, unread = new Set(), memory = noMemory }: AnalysisInput): Analysis {
  const { documents, findings: raw } = parse(tree, unread, memory);
  const loaded = load(
    tree.files.map((file) => file.path),
    documents,
    memory,
  );
  const { 'reference/unknown': unknown, ...otherChecks } = treeChecks;
  const references = treeReports(
    { 'reference/unknown': unknown },
    { resources: loaded.resources, documents: [] },
    memory,
  );
  const resources = withSoundness(loaded.resources, tree, references);
  const resolved = select(resources, environments).map((one) => resolve(resources, one, date, memory));
  const analysed = resolved.map(({ model }) => {
    const table = buildTable(model, memory);
    return { model, table, capacity: measure(model, table) };
  });
  const reports = [
    ...raw,
    ...loaded.reports,
    ...references,
    ...resolved.flatMap((r) => r.reports),
    ...analysed.flatMap((a) => a.table.reports),
    ...treeReports(otherChecks, { resources, documents: [...documents.values()] }, memory),
    ...analysed.flatMap((context) => environmentReports(environmentChecks, context, memory)),
    ...analysed.flatMap(({ capacity }) => [...capacityReports(capacity)]),
  ];
  const findings = settle(reports, documents, overrides(resources));
  memory.settle();
  return { date, resources, documents, environments: analysed, findings };
}

function parse(
  tree: SourceTree,
  unread: ReadonlySet<string>,
  memory: Memory,
): { documents: Map<string, SourceDocument>; findings: readonly RawFinding[] } {
  const documents = new Map<string, SourceDocument>();
  const findings: RawFinding[] = [...treeFindings(tree)];
  for (const file of tree.files) {
    if (unread.has(file.path)) continue;
    const parsed = memory.recall(file.path, [file.content], () => parseFile(file));
    findings.push(...parsed.findings);
    if (parsed.document !== undefined) documents.set(file.path, parsed.document);
  }
  return { documents, findings };
}

/**
 * A file in a misspelt folder and a reference into the void leave holes in the model as well: checks of absence must not
 * fall into them. Config tests are no part of it.
 */
function withSoundness(resources: Resources, { misplaced = [] }: SourceTree, unknown: readonly Report[]): Resources {
  const isHole = ({ at }: Report): boolean => kindOf(at.file) !== 'ConfigTest';
  return { ...resources, sound: resources.complete && misplaced.length === 0 && !unknown.some(isHole) };
}

function select(resources: Resources, names: readonly string[] | undefined): Resource<'Environment'>[] {
  const all = [...resources.environments.values()];
  return names === undefined ? all : all.filter((environment) => names.includes(environment.name));
}

/** Severities that the project itself decides. */
export function overrides(resources: Resources): Readonly<Record<string, SeverityOverride>> {
  return resources.project?.spec.checks ?? {};
}
