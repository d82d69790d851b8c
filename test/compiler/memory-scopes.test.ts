import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../compiler/analyse.ts';
import type { Analysis } from '../../compiler/analysis.ts';
import type { EnvironmentContext, TreeCheck } from '../../compiler/checks/check.ts';
import { environmentChecks, treeChecks } from '../../compiler/checks/registry.ts';
import { cardOf, scopeOf } from '../../compiler/checks/scope.ts';
import { settle } from '../../compiler/diagnostics/engine.ts';
import type { Report } from '../../compiler/diagnostics/finding.ts';
import { buildTable } from '../../compiler/table/build.ts';
import { day, type Files, filesIn, minimal, overlay, repository, sections, treeOf } from './project.ts';

/** Each fixture with every tenant twice, so that what counts or compares tenants says something else on one of them. */
const root = join(import.meta.dirname, 'checks');
const trees: readonly Files[] = [
  filesIn(repository),
  ...readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.txt'))
    .map((path) => overlay(minimal, sections(readFileSync(join(root, path), 'utf8')))),
].map(withTwins);

function withTwins(files: Files): Files {
  const twins = Object.entries(files).flatMap(([path, text]): [string, string][] => {
    const [, name] = /^ {2}name: (\S+)$|^metadata: \{name: ([^,}]+)/m.exec(text) ?? [];
    if (!text.includes('kind: Tenant') || name === undefined) return [];
    return [[path.replace(/\.yaml$/, '-twin.yaml'), text.replace(`name: ${name}`, `name: ${name}-twin`)]];
  });
  return { ...files, ...Object.fromEntries(twins) };
}

const analyses = trees.map((files) => analyse({ tree: treeOf(files), date: day }));

function on(analysis: Analysis, tenants: readonly string[] | null) {
  const isSeen = (name: string) => tenants === null || tenants.includes(name);
  const all = [...analysis.resources.tenants];
  const files = new Set(all.filter(([name]) => !isSeen(name)).map(([, { file }]) => file));
  const resources = { ...analysis.resources, tenants: new Map(all.filter(([name]) => isSeen(name))) };
  return { resources, documents: [...analysis.documents.values()].filter(({ file }) => !files.has(file)) };
}

function inside({ model }: EnvironmentContext, analysis: Analysis, tenants: readonly string[] | null) {
  const { resources } = on(analysis, tenants);
  const seen = { ...model, resources, tenants: model.tenants.filter(({ name }) => tenants?.includes(name) ?? true) };
  return { model: seen, table: buildTable(seen) };
}

/** On all at once, and piece by piece as a memory lets it run. */
function bothWays(analysis: Analysis, name: string, run: (tenants: readonly string[] | null) => Iterable<Report>) {
  const each = scopeOf(name) === 'tenant' ? [...analysis.resources.tenants.keys()] : [];
  const pieces = [run([]), ...each.map((tenant) => run([tenant]))].flatMap((reports) => [...reports]);
  const settled = (reports: Iterable<Report>) => settle(reports, analysis.documents);
  return { whole: settled(run(null)), pieces: settled(pieces) };
}

function onCards(analysis: Analysis, check: TreeCheck) {
  const { resources, documents } = on(analysis, null);
  const cards = new Map([...resources.tenants].map(([name, tenant]) => [name, cardOf(tenant)]));
  const settled = (reports: Iterable<Report>) => settle(reports, analysis.documents);
  return {
    whole: settled(check({ resources, documents })),
    pieces: settled(check({ resources: { ...resources, tenants: cards }, documents: [] })),
  };
}

const narrow = (name: string): boolean => scopeOf(name) !== 'all';

describe('a check that a memory runs piece by piece', () => {
  it.each(Object.entries(treeChecks).filter(([name]) => narrow(name)))('%s', (name, check) => {
    let found = 0;
    for (const analysis of analyses) {
      const { whole, pieces } =
        scopeOf(name) === 'cards'
          ? onCards(analysis, check)
          : bothWays(analysis, name, (tenants) => check(on(analysis, tenants)));
      expect(pieces).toEqual(whole);
      found += whole.length;
    }
    expect(found).toBeGreaterThan(0);
  });

  it.each(Object.entries(environmentChecks).filter(([name]) => narrow(name)))('%s', (name, check) => {
    let found = 0;
    for (const analysis of analyses) {
      for (const context of analysis.environments) {
        const { whole, pieces } = bothWays(analysis, name, (tenants) => check(inside(context, analysis, tenants)));
        expect(pieces).toEqual(whole);
        found += whole.length;
      }
    }
    expect(found).toBeGreaterThan(0);
  });
});
