import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../compiler/analyse.ts';
import type { Analysis } from '../../compiler/analysis.ts';
import { compile } from '../../compiler/compile.ts';
import type { Finding, Place, Position } from '../../compiler/diagnostics/finding.ts';
import type { SourceTree } from '../../compiler/source/tree.ts';
import { type Mutated, type Mutation, mutate, mutations } from './fuzz/mutation.ts';
import { day, type Files, filesIn, line, minimal, repository } from './project.ts';

const nightly = process.env['NIGHTLY'] === '1';
/** Every run of `npm test` sees the same cases; a night sees new ones. `FUZZ_SEED` and `FUZZ_CASES` repeat a night. */
const seed = Number(process.env['FUZZ_SEED'] ?? (nightly ? Date.now() % 2 ** 31 : 20_261_124));
const cases = Number(process.env['FUZZ_CASES'] ?? (nightly ? 10_000 : 500));

const complete = filesIn(join(import.meta.dirname, 'projects/complete'));
/** Without most of its config tests: they are many and alike. */
const example = Object.fromEntries(
  Object.entries(filesIn(repository)).filter(([path]) => !/tests\/(?!fallback|guardrails|users)/.test(path)),
);
const bases: fc.Arbitrary<Files> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(complete) },
  { weight: 14, arbitrary: fc.constant(minimal) },
  { weight: 1, arbitrary: fc.constant(example) },
);

describe('a mutated configuration', () => {
  it(`is analysed without a crash, with every finding in its place (${cases} cases, seed ${seed})`, {
    timeout: 1_800_000,
  }, () => {
    fc.assert(
      fc.property(bases.map(withName), mutations, fc.nat(), ({ files }, changes, order) => {
        const mutated = apply(files, changes);
        try {
          examine(treeOf(mutated), order);
        } catch (error) {
          throw new Error(`${text(error)}\n${changedIn(mutated, files)}`);
        }
      }),
      { numRuns: cases, seed },
    );
  });
});

/** A failing case prints the name of its base, not the whole. */
function withName(files: Files): { readonly files: Files; toString(): string } {
  return { files, toString: () => `${Object.keys(files).length} files` };
}

function apply(files: Files, changes: readonly Mutation[]): Mutated {
  const mutated: Mutated = new Map(Object.entries(files));
  for (const change of changes) mutate(mutated, change);
  return mutated;
}

function treeOf(files: Mutated): SourceTree {
  const encoder = new TextEncoder();
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    files: sorted.map(([path, text]) => ({ path, content: typeof text === 'string' ? encoder.encode(text) : text })),
  };
}

function examine(tree: SourceTree, order: number): void {
  const analysis = analyse({ tree, date: day });
  const faults = analysis.findings.flatMap((finding) => faultsOf(finding, tree, analysis));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  // A second analysis costs as much as the first.
  if (order % 4 === 0) expect(analyse({ tree: rotated(tree, order), date: day }).findings).toEqual(analysis.findings);
  if (analysis.findings.some(({ severity }) => severity === 'error')) return;
  expect(compile({ tree, date: day, commit: null, toolVersion: 'fuzz' }).releases).not.toEqual([]);
}

/** In another order, the same for the same number. */
function rotated({ files }: SourceTree, by: number): SourceTree {
  const at = by % Math.max(1, files.length);
  return { files: [...files.slice(at), ...files.slice(0, at)].reverse() };
}

function faultsOf(finding: Finding, tree: SourceTree, analysis: Analysis): string[] {
  const places = [finding.place, ...finding.related.map(({ place }) => place)];
  const wrong = places.flatMap((place) => [...outside(place, tree), ...astray(place, analysis)]);
  if (finding.message === '') wrong.push('has no message');
  if ((finding.hint ?? '') === '') wrong.push('has no hint');
  return wrong.map((what) => `${what}: ${line(finding)}`);
}

/** A place is inside the text of a file that is there; what is missing altogether stands at gatewright.yaml. */
function outside({ file, range: { start, end } }: Place, tree: SourceTree): string[] {
  const source = tree.files.find(({ path }) => path === file);
  if (source === undefined) return /^(?:gatewright|tenants\/tiers)\.yaml$/.test(file) ? [] : [`${file} does not exist`];
  const text = 'refused' in source.content ? '' : new TextDecoder().decode(source.content);
  const rows = text.split('\n');
  const isInside = (at: Position) =>
    at.line >= 1 && at.column >= 1 && at.column <= (rows[at.line - 1]?.length ?? -1) + 1;
  return isInside(start) && isInside(end) ? [] : [`${JSON.stringify({ start, end })} is outside of ${file}`];
}

/** What has a path stands at its value or key or, where that does not exist, at the nearest value around it. */
function astray({ file, path = [], range }: Place, { documents }: Analysis): string[] {
  const document = documents.get(file);
  if (document === undefined || path.length === 0) return [];
  let nearest = path;
  while (nearest.length > 0 && document.textOf(nearest) === undefined) nearest = nearest.slice(0, -1);
  const from = [document.locate(nearest, true).start, document.locate(nearest).start].reduce(earlier);
  const to = document.locate(nearest).end;
  return isAfter(from, range.start) || isAfter(range.start, to) ? [`not at ${JSON.stringify(nearest)}`] : [];
}

function earlier(a: Position, b: Position): Position {
  return isAfter(a, b) ? b : a;
}

function isAfter(a: Position, b: Position): boolean {
  return a.line > b.line || (a.line === b.line && a.column > b.column);
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 8).join('\n') : String(error);
}

function changedIn(mutated: Mutated, files: Files): string {
  const gone = Object.keys(files).filter((path) => !mutated.has(path));
  const changed = [...mutated].filter(([path, text]) => files[path] !== text);
  return [
    ...gone.map((path) => `# remove: ${path}`),
    ...changed.map(
      ([path, text]) => `# file: ${path}\n${typeof text === 'string' ? text : `bytes ${text.toString()}`}`,
    ),
  ].join('\n');
}
