import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Severity } from '../../compiler/diagnostics/finding.ts';
import { findingsSchema } from '../../compiler/diagnostics/findings-schema.ts';
import { type Format, renderers } from '../../compiler/diagnostics/renderers.ts';
import { findingWith, hostileText } from './arbitrary.ts';

const context = { files: 12, sourceOf: () => 'spec:\n  teir: high\n  a: b\n' };

function finding(over: Partial<Finding> = {}): Finding {
  const range = { start: { line: 2, column: 3 }, end: { line: 2, column: 7 } };
  return {
    code: 'schema/unknown-field',
    severity: 'error',
    message: 'unknown field "teir"',
    place: { file: 'tenants/a.yaml', range, path: ['spec', 'teir'] },
    related: [],
    hint: 'did you mean "tier"?',
    ...over,
  };
}

function many(severity: Severity, count: number): Finding[] {
  return Array.from({ length: count }, (_, index) => finding({ severity, message: `${severity} ${index}` }));
}

const formats = Object.keys(renderers) as Format[];

describe('every format', () => {
  const secrets = [
    'AKIA0123456789ABCDEF',
    'sk-ant-api03-0123456789abcdefghij',
    'ghp_0123456789abcdefABCDEF0123456789abcd',
  ];

  it.each(formats)('%s prints no secret, wherever it stands', (format) => {
    const secret = fc.constantFrom(...secrets);
    const text = fc.tuple(fc.constantFrom('', 'key '), secret, fc.constantFrom('', '"')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(findingWith(text), { minLength: 1, maxLength: 3 }), text, (findings, source) => {
        const printed = renderers[format](findings, { files: 1, sourceOf: () => `a: ${source}\n`.repeat(9) });
        for (const one of secrets) expect(printed).not.toContain(one.slice(0, 12));
      }),
      { numRuns: 50 },
    );
  });

  it.each(formats)('%s lets nothing from a file act on a terminal or reorder what is read', (format) => {
    fc.assert(
      fc.property(findingWith(hostileText), hostileText, (one, source) => {
        const printed = renderers[format]([one], { files: 1, sourceOf: () => source });
        // A zero-width space is what keeps Markdown from naming people.
        const rest = format === 'markdown' ? printed.replaceAll('\u200B', '') : printed;
        expect(rest).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});

describe('json', () => {
  it('is as its schema says', () => {
    fc.assert(
      fc.property(fc.array(findingWith(hostileText), { maxLength: 3 }), (findings) => {
        findingsSchema.parse(JSON.parse(renderers.json(findings, context)));
      }),
    );
  });

  it('has the fix', () => {
    const fix = { place: finding().place, text: 'tier' };
    expect(JSON.parse(renderers.json([finding({ fix })], context))).toMatchObject({ findings: [{ fix }] });
  });

  it('offers no fix that could not be shown', () => {
    const fix = { place: finding().place, text: '"AKIA0123456789ABCDEF"' };
    expect(renderers.json([finding({ fix })], context)).not.toContain('"fix"');
  });
});

describe('github', () => {
  const lines = (findings: readonly Finding[]) => renderers.github(findings, context).trimEnd().split('\n');

  it('says each finding on its line, with what to do', () => {
    expect(lines([finding({ severity: 'warning' })])).toEqual([
      '::warning file=tenants/a.yaml,line=2,col=3,endColumn=7,title=schema/unknown-field::unknown field "teir"%0Afix: did you mean "tier"?',
      '1 warning in 12 files',
    ]);
  });

  it('gives no columns where a range has several lines: GitHub takes neither then', () => {
    const range = { start: { line: 2, column: 3 }, end: { line: 3, column: 2 } };
    expect(lines([finding({ place: { file: 'a.yaml', range } })])[0]).toContain('file=a.yaml,line=2,endLine=3,title=');
  });

  it('names the file as it lies in the repository', () => {
    expect(renderers.github([finding()], { ...context, folder: 'gateway' })).toContain('file=gateway/tenants/a.yaml,');
  });

  it('never has more than ten of a level, and counts the rest', () => {
    const all = lines([...many('error', 14), ...many('warning', 11), ...many('info', 30)]);
    const count = (level: string) => all.filter((line) => line.startsWith(`::${level}`)).length;
    expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 10]);
    expect(all.at(-2)).toBe('::notice::4 errors, 1 warning, 21 info more: see the job summary');
    expect(lines(many('error', 10))).toHaveLength(11);
  });

  it('is one command per finding, whatever stands in it', () => {
    fc.assert(
      fc.property(findingWith(hostileText), (one) => {
        const [command = '', ...rest] = lines([one]);
        expect(rest).toHaveLength(1);
        const [, properties = ''] = /^::(?:error|warning|notice) ([^:]*)::/.exec(command) ?? [];
        expect(properties.split(',').map((property) => property.split('=')[0])).toEqual(
          one.place.range.end.line > one.place.range.start.line
            ? ['file', 'line', 'endLine', 'title']
            : ['file', 'line', 'col', 'endColumn', 'title'],
        );
      }),
    );
  });
});

describe('junit', () => {
  it('fails for errors and shows the rest as skipped', () => {
    const xml = renderers.junit([finding(), finding({ severity: 'warning', message: 'a < b' })], context);
    expect(xml).toContain('<testsuite name="tenants/a.yaml" tests="2" failures="1" skipped="1">');
    expect(xml).toContain(
      '<failure message="unknown field &quot;teir&quot;" type="schema/unknown-field">2 |   teir: high\n',
    );
    expect(xml).toContain('<skipped message="warning: a &lt; b"/>');
  });

  it('has a test that passed where there is nothing to say', () => {
    expect(renderers.junit([], context)).toContain(
      '<testcase classname="configuration" name="12 files without findings"/>',
    );
  });

  it('is well-formed, whatever stands in the findings', () => {
    const attribute = '[a-z]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#10);[^"<&]*)*"';
    const tag = new RegExp(`^<(?:/[a-z]+|[a-z]+(?: ${attribute})*/?)>$`);
    fc.assert(
      fc.property(fc.array(findingWith(hostileText), { maxLength: 3 }), (findings) => {
        const xml = renderers.junit(findings, context).replace(/^<\?xml [^>]*\?>/, '');
        for (const [written] of xml.matchAll(/<[^>]*>/g)) expect(written).toMatch(tag);
        expect(xml.replace(/<[^>]*>/g, '')).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot);)/);
      }),
    );
  });
});

describe('markdown', () => {
  it('shows all findings with their lines', () => {
    expect(renderers.markdown([finding()], context)).toBe(
      [
        '## Findings',
        '',
        '**1 error in 12 files**',
        '',
        '🔴 **tenants/a.yaml:2:3** error `schema/unknown-field`',
        '',
        'unknown field &quot;teir&quot;',
        '',
        '    2 |   teir: high',
        '      |   ^^^^',
        '',
        '**Fix:** did you mean &quot;tier&quot;?',
        '',
      ].join('\n'),
    );
  });

  it('fits into a summary and says how much does not', () => {
    const written = renderers.markdown(many('error', 20_000), context);
    expect(new TextEncoder().encode(written).length).toBeLessThan(410_000);
    expect(written).toMatch(/\n\*\*1\d{4} errors more, not shown here\*\*: run `gatewright validate`\.\n$/);
  });

  it('names nobody, links nowhere and is no HTML', () => {
    const text = '@acme/all <img src=x> [a](https://b) `c` **d** #12';
    const written = renderers.markdown([finding({ message: text, hint: text })], context);
    expect(written).not.toMatch(/@acme|<img|[^\\]\]\(|https:\/\/|#12/);
  });
});
