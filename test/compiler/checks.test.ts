import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentChecks, treeChecks } from '../../compiler/checks/registry.ts';
import { codes } from '../../compiler/diagnostics/codes.ts';
import type { Finding, Place, Report } from '../../compiler/diagnostics/finding.ts';
import { analysisOf, type Fixture, fixtures } from './corpus.ts';
import { line, repository } from './project.ts';
import { schemaMessages } from './schema-messages.ts';

/** `UPDATE=1` writes what stands beside the fixtures: read the difference before you commit it. */
const update = process.env['UPDATE'] === '1';

const ok = fixtures.filter(({ good }) => good);
const err = fixtures.filter(({ bad }) => bad);
const registry = { ...treeChecks, ...environmentChecks };

describe('configurations that a check lets pass', () => {
  it.each(ok)('$name', (fixture) => {
    expect(analysisOf(fixture).findings.map(line)).toEqual([]);
  });
});

describe('configurations that a check catches', () => {
  it.each(err)('$name', (fixture) => {
    const { findings } = analysisOf(fixture);
    const expected = expectedOf(fixture);
    const text = `${findings.map(line).join('\n')}\n`;
    if (update) writeFileSync(expected, text);
    expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual([fixture.code, ...fixture.also].sort());
    expect(text).toBe(readFileSync(expected, 'utf8'));
    expect(findings.flatMap((finding) => faultsOf(finding, fixture))).toEqual([]);
  });
});

function expectedOf({ file }: Fixture): string {
  return file.replace(/\.txt$/, '.expected');
}

/** What a finding may lack of what a reader needs. */
function faultsOf(finding: Finding, fixture: Fixture): string[] {
  const said = line(finding);
  const places = [finding.place, ...finding.related.map(({ place }) => place)];
  return [
    ...(finding.hint === undefined ? [`no hint: ${said}`] : []),
    ...(/\/(?:home|tmp|var|work|Users)\/|[A-Z]:\\/.test(JSON.stringify(finding)) ? [`machine path: ${said}`] : []),
    ...places.filter((place) => !isInside(place, fixture)).map(({ file }) => `outside of ${file}: ${said}`),
  ];
}

/** A place is in a file of the tree; only a tree without gatewright.yaml has findings on what is not there. */
function isInside({ file, range: { start, end } }: Place, fixture: Fixture): boolean {
  const text = analysisOf(fixture).documents.get(file)?.text ?? textOf(fixture, file);
  if (text === undefined) return file === 'gatewright.yaml' && start.line === 1;
  const lines = text.split('\n');
  const has = ({ line: row, column }: typeof start) => column >= 1 && column <= (lines[row - 1]?.length ?? -1) + 1;
  return has(start) && has(end);
}

/** Of a file that is no document, also where it is no text. */
function textOf(fixture: Fixture, path: string): string | undefined {
  const content = analysisOf(fixture).tree.files.find((file) => file.path === path)?.content;
  return content === undefined || 'refused' in content ? content && '' : new TextDecoder().decode(content);
}

describe('the corpus is complete', () => {
  it.each(Object.keys(codes))('%s has a fixture that it alone catches, and one that it lets pass', (code) => {
    const of = (list: readonly Fixture[]) => list.filter((fixture) => fixture.code === code);
    expect(of(err).filter(({ also }) => also.length === 0)).not.toEqual([]);
    expect(of(ok)).not.toEqual([]);
  });

  it('has no fixture for another code, and no expectation without a fixture', () => {
    const names = Object.keys(codes);
    expect(fixtures.filter(({ code, good, bad }) => !names.includes(code) || good === bad)).toEqual([]);
    const kept = new Set(err.map(expectedOf));
    const root = join(import.meta.dirname, 'checks');
    const expectations = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) =>
      f.endsWith('.expected'),
    );
    expect(expectations.filter((file) => !kept.has(join(root, file)))).toEqual([]);
  });

  it('has every message of every schema', () => {
    const said = err
      .filter(({ code }) => code.startsWith('schema/'))
      .map((fixture) => readFileSync(expectedOf(fixture), 'utf8'))
      .join('');
    expect([...schemaMessages().keys()].filter((message) => !said.includes(message))).toEqual([]);
  });
});

describe('the registry of checks', () => {
  it.each(Object.keys(registry))('%s is a code and lives in the file of that name', (name) => {
    expect(Object.keys(codes)).toContain(name);
    expect(existsSync(join(repository, 'compiler/checks', `${name}.ts`))).toBe(true);
  });

  it('has an entry for every file', () => {
    const files = readdirSync(join(repository, 'compiler/checks'), { recursive: true, encoding: 'utf8' });
    const names = files.map((file) => file.replaceAll('\\', '/')).filter((file) => /^[^/]+\/[^/]+\.ts$/.test(file));
    expect(names.map((name) => name.replace(/\.ts$/, '')).sort()).toEqual(Object.keys(registry).sort());
  });

  it('lets each check report its own code only', () => {
    const foreign: string[] = [];
    const compare = (name: string, reports: Iterable<Report>) => {
      for (const report of reports) if (report.code !== name) foreign.push(`${name}: ${report.code}`);
    };
    for (const fixture of err.filter(({ code }) => Object.hasOwn(registry, code))) {
      const { resources, documents, environments } = analysisOf(fixture);
      for (const [name, check] of Object.entries(treeChecks)) {
        compare(name, check({ resources, documents: [...documents.values()] }));
      }
      for (const context of environments) {
        for (const [name, check] of Object.entries(environmentChecks)) compare(name, check(context));
      }
    }
    expect(foreign).toEqual([]);
  });
});
