import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lint, render, rules } from '../../scripts/adr/lint.ts';
import { parseAdr } from '../../scripts/adr/parse.ts';
import type { Adr, Finding } from '../../scripts/adr/record.ts';
import { check, corpora, today } from './corpora.ts';

function lintAlone(adrs: readonly Adr[]): Finding[] {
  return lint({ adrs, strays: [], today, exists: () => true });
}

describe('sound records give no findings', () => {
  test.each(corpora('ok'))('$name', ({ folder }) => {
    expect(check(folder)).toEqual([]);
  });
});

describe('broken records give the findings beside them', () => {
  test.each(corpora('err'))('$name', ({ folder }) => {
    const found = check(folder).map((finding) => `${render(finding, '')}\n`);
    expect(found.join('')).toBe(readFileSync(`${folder}.txt`, 'utf8'));
  });
});

test('every rule has a fixture that breaks it', () => {
  const broken = new Set(corpora('err').flatMap(({ folder }) => check(folder).map((finding) => finding.rule)));
  expect([...broken].sort()).toEqual([...Object.keys(rules), 'catalogue'].sort());
});

test('findings come in the order of files and lines, whatever the order of the records', () => {
  const adrs = ['003-c.md', '001-a.md', '002-b.md'].map((file) => parseAdr(file, '# Title\n'));
  const findings = lintAlone(adrs);
  const places = findings.map((finding) => `${finding.file}:${finding.line}`);
  expect(places).toEqual(places.toSorted());
  expect(lintAlone(adrs.toReversed())).toEqual(findings);
});

test('a record may be dated today, and not a day later', () => {
  const findings = (date: string): string[] =>
    lintAlone([parseAdr('001-a.md', `# 001. A\n\n- Date: ${date}\n`)])
      .filter((finding) => finding.rule === 'dates')
      .map((finding) => finding.message);
  expect(findings(today)).toEqual([]);
  expect(findings('2026-06-02')).toEqual(['2026-06-02 is in the future']);
});

test.each([
  '',
  '#',
  '# ',
  '##',
  '- Status:',
  '```',
  '<!--',
  '|',
  '## Alternatives\n|',
  '\r\n',
  '[](',
  '# 001. \n## \n',
])('a file of %j is checked without a crash', (text) => {
  expect(lintAlone([parseAdr('001-a.md', text)])).not.toEqual([]);
});
