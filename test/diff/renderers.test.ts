import { describe, expect, it } from 'vitest';
import type { Change } from '../../compiler/diff/change.ts';
import { diffRenderers } from '../../compiler/diff/renderers.ts';
import { comparisonOf } from './trees.ts';

function changeOf(sentence: string, over: Partial<Change> = {}): Change {
  const start = { line: 3, column: 5 };
  return {
    environments: ['dev'],
    subject: { kind: 'tenant', name: 'alpha' },
    field: 'metadata.owners',
    before: null,
    after: sentence,
    risk: 'caution',
    sentence,
    place: { side: 'head', file: 'tenants/alpha.yaml', range: { start, end: start } },
    ...over,
  };
}

describe('the Markdown of a diff', () => {
  const hostile = [
    '@acme/platform and @everyone',
    'a `code` | cell',
    'line\nbreak\r\n## heading',
    '<img src=x onerror=alert(1)> <!-- hidden',
    '[click](https://evil.example) ![x](https://evil.example/x.png)',
    'fixes #12 and GH-12, see www.evil.example',
    '**bold** _it_ ~~no~~ \\| $x$',
    '\u202Eright to left',
    '{{md this}} {{{raw}}} &lt;b&gt;',
  ];
  const text = diffRenderers.markdown(comparisonOf(hostile.map((sentence) => changeOf(sentence))));

  it('has one row for each change, whatever stands in it', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && line.endsWith('tenants/alpha.yaml:3 |'));
    expect(rows).toHaveLength(hostile.length);
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(5);
  });

  it('mentions nobody, links nowhere and holds no markup of a file', () => {
    expect(text).not.toMatch(/@\w/);
    expect(text).not.toMatch(/#\d(?!9;)/);
    expect(text).not.toMatch(/:\/\/|www\.|GH-\d/);
    expect(text).not.toMatch(/<img|<!--|<b>/);
    expect(text).not.toMatch(/(?<!\\)[`[*]\w/);
    expect(text).not.toMatch(/\u202E/);
  });

  it('stays below 60 000 characters and says what is missing', () => {
    const many = Array.from({ length: 3000 }, (_, index) => changeOf(`change ${index} ${'x'.repeat(100)}`));
    const long = diffRenderers.markdown(comparisonOf(many));
    expect(long.length).toBeLessThanOrEqual(60_000);
    expect(long.length).toBeGreaterThan(55_000);
    expect(long).toMatch(/\*\*\d+ of 3000 changes are not shown here/);
    expect(long).toContain('### 🟡 Caution (3000)');
  });

  it('drops the fields before any change', () => {
    const some = Array.from({ length: 300 }, (_, index) => changeOf(`change ${index} ${'x'.repeat(100)}`));
    const page = diffRenderers.markdown(comparisonOf(some));
    expect(page).toContain('change 299');
    expect(page).toContain('The fields are not shown here');
  });

  it('says when nothing changed', () => {
    expect(diffRenderers.markdown(comparisonOf([]))).toBe(
      '## Configuration changes\n\nno changes from base to head in dev, prod\n',
    );
  });
});

describe('the text of a diff', () => {
  it('tells risks apart by the style that it is given', () => {
    const style = (text: string, role: string) => `<${role}>${text}</${role}>`;
    const text = diffRenderers.text(comparisonOf([changeOf('x')], ['a note']), { style });
    expect(text).toContain('<caution>caution</caution>');
    expect(text).toContain('<place>tenants/alpha.yaml:3:5</place>');
    expect(text).toContain('<note>note</note> a note');
  });

  it('moves no cursor', () => {
    expect(diffRenderers.text(comparisonOf([changeOf('\u001b[2Jgone')]))).not.toContain('\u001b');
  });
});

describe('the JSON of a diff', () => {
  it('has the summary and every field of a change', () => {
    const value = JSON.parse(diffRenderers.json(comparisonOf([changeOf('x', { risk: 'dangerous' })])));
    expect(value).toEqual({
      schemaVersion: 1,
      base: { label: 'base', commit: null },
      head: { label: 'head', commit: null },
      environments: ['dev', 'prod'],
      notes: [],
      summary: { safe: 0, caution: 0, dangerous: 1 },
      changes: [
        {
          environments: ['dev'],
          subject: { kind: 'tenant', name: 'alpha' },
          field: 'metadata.owners',
          before: null,
          after: 'x',
          risk: 'dangerous',
          sentence: 'x',
          place: {
            side: 'head',
            file: 'tenants/alpha.yaml',
            range: { start: { line: 3, column: 5 }, end: { line: 3, column: 5 } },
          },
        },
      ],
    });
  });
});
