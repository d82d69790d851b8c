import { describe, expect, it } from 'vitest';
import { codes, isCode, isLocked } from '../../compiler/diagnostics/codes.ts';
import { settle } from '../../compiler/diagnostics/engine.ts';
import type { Report } from '../../compiler/diagnostics/finding.ts';
import { parseFile } from '../../compiler/source/parse.ts';

const text = 'spec:\n  tier: high\n  list: [a, b]\n';
const { document } = parseFile({ path: 'b.yaml', content: new TextEncoder().encode(text) });
const documents = new Map(document === undefined ? [] : [['b.yaml', document]]);

const report = (over: Partial<Report>): Report => ({
  code: 'schema/invalid-value',
  message: 'm',
  at: { file: 'b.yaml', path: ['spec', 'tier'] },
  ...over,
});

const starts = (reports: Report[]): string[] =>
  settle(reports, documents).map(({ place: { file, range } }) => `${file}:${range.start.line}:${range.start.column}`);

describe('settle', () => {
  it('finds values, keys, and for what is missing the key of its parent', () => {
    expect(starts([report({})])).toEqual(['b.yaml:2:9']);
    expect(starts([report({ at: { file: 'b.yaml', path: ['spec', 'tier'], key: true } })])).toEqual(['b.yaml:2:3']);
    expect(starts([report({ at: { file: 'b.yaml', path: ['spec', 'gone', 'x'] } })])).toEqual(['b.yaml:1:1']);
    expect(starts([report({ at: { file: 'b.yaml', path: ['spec', 'list', 1] } })])).toEqual(['b.yaml:3:13']);
  });

  it('puts what has no document or no path at the start of its file', () => {
    expect(starts([report({ at: { file: 'none.yaml', path: ['a'] } })])).toEqual(['none.yaml:1:1']);
    expect(starts([report({ at: { file: 'b.yaml', path: [] } })])).toEqual(['b.yaml:1:1']);
  });

  it('sorts by file, position, code, message, and says everything once', () => {
    const all = [
      report({ message: 'z' }),
      report({ message: 'a' }),
      report({ at: { file: 'a.yaml', path: [] } }),
      report({ message: 'a' }),
      report({ at: { file: 'b.yaml', path: ['spec'], key: true } }),
    ];
    const findings = settle(all, documents);
    expect(findings.map(({ place, message }) => [place.file, place.range.start.line, message])).toEqual([
      ['a.yaml', 1, 'm'],
      ['b.yaml', 1, 'm'],
      ['b.yaml', 2, 'a'],
      ['b.yaml', 2, 'z'],
    ]);
    expect(settle(all.toReversed(), documents)).toEqual(findings);
  });

  it('applies severities, except to locked codes', () => {
    const one = [report({ code: 'reference/unused' })];
    expect(settle(one, documents, { 'reference/unused': 'error' })).toMatchObject([{ severity: 'error' }]);
    expect(settle(one, documents, { 'reference/unused': 'off' })).toEqual([]);
    for (const code of Object.keys(codes).filter(isCode).filter(isLocked)) {
      expect(settle([report({ code })], documents, { [code]: 'off' })).toMatchObject([{ severity: 'error' }]);
    }
  });

  it('locks what would make artifacts incomplete or unsafe', () => {
    const locked = Object.keys(codes).filter(isLocked);
    const families = ['source', 'yaml', 'schema', 'resource', 'security'];
    const errors = Object.keys(codes).filter((code) => isCode(code) && codes[code].severity === 'error');
    const inFamilies = errors.filter((code) => families.includes(code.split('/')[0] ?? ''));
    expect(inFamilies.filter((code) => !locked.includes(code))).toEqual([]);
    expect(locked).toContain('reference/unknown');
  });

  it('gives related places their position', () => {
    const related = [{ message: 'first', at: { file: 'b.yaml', path: ['spec', 'list'] } }];
    expect(settle([report({ related })], documents)[0]?.related[0]?.place.range.start).toEqual({ line: 3, column: 9 });
  });
});

describe('the registry of codes', () => {
  it('has slugs in lower case and laws that are sentences', () => {
    for (const [code, { law }] of Object.entries(codes)) {
      expect(code).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
      expect(law).toMatch(/\.$/);
    }
  });
});
