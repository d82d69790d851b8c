import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../compiler/diagnostics/finding.ts';
import { renderers } from '../../compiler/diagnostics/renderers.ts';
import { findingWith, hostileText } from './arbitrary.ts';

/** The schema as it was published: a development dependency carries it. It is of draft 04, which ajv reads without its name. */
const published = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const { $schema: _draft, id: _name, ...schema } = JSON.parse(readFileSync(published, 'utf8'));
const isAbsolute = (text: string) => URL.canParse(text);
const isReference = (text: string) => /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/.test(text) && URL.canParse(text, 'file:///');
const formats = { uri: isAbsolute, 'uri-reference': isReference, 'date-time': true } as const;
const valid = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, formats }).compile(schema);

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly Result[];
  }[];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly unknown[];
}

function logOf(findings: readonly Finding[], context: object = {}): Log {
  return JSON.parse(renderers.sarif(findings, { files: 1, sourceOf: () => undefined, ...context }));
}

function finding(over: Partial<Finding> = {}): Finding {
  return {
    code: 'schema/unknown-field',
    severity: 'error',
    message: 'unknown field "teir"',
    place: place('tenants/a.yaml', 2, ['spec', 'clients', 1, 'teir']),
    related: [],
    ...over,
  };
}

function place(file: string, line: number, path: Finding['place']['path']): Finding['place'] {
  const range = { start: { line, column: 3 }, end: { line, column: 7 } };
  return path === undefined ? { file, range } : { file, range, path };
}

function resultsOf(findings: readonly Finding[], context: object = {}): readonly Result[] {
  return logOf(findings, context).runs[0]?.results ?? [];
}

describe('SARIF', () => {
  it('is valid against the published schema, whatever stands in the findings', () => {
    fc.assert(
      fc.property(fc.array(findingWith(hostileText), { maxLength: 4 }), fc.boolean(), (findings, known) => {
        const context = known ? { documentation: 'https://example.com/docs/checks.md', toolVersion: '1.2.3' } : {};
        expect(valid(logOf(findings, context)), JSON.stringify(valid.errors)).toBe(true);
      }),
    );
  });

  it('points from each result to the rule of its code', () => {
    const [run] = logOf([finding(), finding({ code: 'yaml/tab' })]).runs;
    expect(run?.results.map(({ ruleId }) => ruleId)).toEqual(['schema/unknown-field', 'yaml/tab']);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('gives the place as GitHub looks for it: below the root of the repository, percent-encoded', () => {
    const odd = finding({ place: place('tenants/ä b#1.yaml', 2, []) });
    expect(resultsOf([odd], { folder: 'gateway' })[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'gateway/tenants/%C3%A4%20b%231.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 7 },
        },
      },
    ]);
  });

  it('offers the fix as a replacement', () => {
    const fix = { place: place('tenants/a.yaml', 2, ['spec', 'teir']), text: 'tier' };
    expect(resultsOf([finding({ fix, hint: 'did you mean "tier"?' })])[0]).toMatchObject({
      message: { text: 'unknown field "teir". Fix: did you mean "tier"?' },
      fixes: [
        {
          artifactChanges: [
            {
              artifactLocation: { uri: 'tenants/a.yaml' },
              replacements: [
                {
                  deletedRegion: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 7 },
                  insertedContent: { text: 'tier' },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('makes no link of what a file says', () => {
    expect(resultsOf([finding({ message: '[here](https://evil.example)' })])[0]?.message.text).toContain('\\](');
  });
});

describe('fingerprints', () => {
  const prints = (findings: readonly Finding[]) =>
    resultsOf(findings).map(({ partialFingerprints }) => partialFingerprints['gatewright/v1']);

  it('stay when lines move, words change or an item is put in before', () => {
    const moved = finding({
      message: 'other words',
      place: place('tenants/a.yaml', 40, ['spec', 'clients', 7, 'teir']),
    });
    expect(prints([moved])).toEqual(prints([finding()]));
  });

  it('differ by file, code, key and, where there are no keys, by words', () => {
    const all = [
      finding(),
      finding({ code: 'schema/missing-field' }),
      finding({ place: place('tenants/b.yaml', 2, ['spec', 'clients', 1, 'teir']) }),
      finding({ place: place('tenants/a.yaml', 2, ['spec', 'teir']) }),
      finding({ place: place('tenants/a.yaml', 2, undefined), message: 'one' }),
      finding({ place: place('tenants/a.yaml', 2, undefined), message: 'two' }),
      // The same again, further down.
      finding({ place: place('tenants/a.yaml', 9, ['spec', 'clients', 2, 'teir']) }),
    ];
    expect(new Set(prints(all)).size).toBe(all.length);
  });
});
