import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../compiler/analysis.ts';
import { environmentChecks, treeChecks } from '../../compiler/checks/registry.ts';
import { codes, familyOf } from '../../compiler/diagnostics/codes.ts';
import type { Report } from '../../compiler/diagnostics/finding.ts';
import { compiled, line, minimal, overlay, repository, sections } from './project.ts';

/**
 * `checks/<family>/<slug>/{ok,err}-*.txt`: sections laid over the minimal project. `ok-` is silent; `err-` gives what
 * stands beside it, and nothing of another code unless its first line says `# also: <code> …`. `UPDATE=1` writes what
 * stands beside: read the difference before you commit it.
 */
const root = join(import.meta.dirname, 'checks');
const update = process.env['UPDATE'] === '1';

interface Fixture {
  readonly name: string;
  readonly code: string;
  readonly file: string;
  readonly text: string;
}

const fixtures: readonly Fixture[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.txt'))
  .sort()
  .map((path) => {
    const name = path.replaceAll('\\', '/').replace(/\.txt$/, '');
    return {
      name,
      code: name.split('/').slice(0, 2).join('/'),
      file: join(root, path),
      text: readFileSync(join(root, path), 'utf8'),
    };
  });

const ok = fixtures.filter(({ name }) => /\/ok-[^/]+$/.test(name));
const err = fixtures.filter(({ name }) => /\/err-[^/]+$/.test(name));

function findingsOf({ text }: Fixture): Analysis['findings'] {
  return compiled(overlay(minimal, sections(text))).findings;
}

describe('configurations that a check lets pass', () => {
  it.each(ok)('$name', (fixture) => {
    expect(findingsOf(fixture).map(line)).toEqual([]);
  });
});

describe('configurations that a check catches', () => {
  it.each(err)('$name', (fixture) => {
    const findings = findingsOf(fixture);
    const expected = fixture.file.replace(/\.txt$/, '.expected');
    const also = /^# also: (.*)$/m.exec(fixture.text)?.[1]?.split(' ') ?? [];
    expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual([fixture.code, ...also].sort());
    expect(findings.filter(({ hint }) => hint === undefined).map(line)).toEqual([]);
    const text = `${findings.map(line).join('\n')}\n`;
    if (update) writeFileSync(expected, text);
    expect(text).toBe(readFileSync(expected, 'utf8'));
  });
});

describe('the registry of checks', () => {
  const registry = { ...treeChecks, ...environmentChecks };

  it('has a fixture for every code beyond reading and schemas, and no fixture for another', () => {
    const wanted = Object.keys(codes).filter((code) => !['source', 'yaml', 'schema'].includes(familyOf(code)));
    expect([...new Set(err.map(({ code }) => code))].sort()).toEqual(wanted.sort());
    expect(fixtures.filter((fixture) => !ok.includes(fixture) && !err.includes(fixture))).toEqual([]);
    expect(ok.filter(({ code }) => !wanted.includes(code))).toEqual([]);
  });

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
    for (const { text } of err) {
      const { resources, documents, environments } = compiled(overlay(minimal, sections(text)));
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
