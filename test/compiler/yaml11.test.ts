import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inYaml11, mayBeAmbiguous } from '../../compiler/checks/yaml/ambiguous/yaml11.ts';
import { compiled, minimal, overlay } from './project.ts';

const scalar = fc.oneof(
  fc.constantFrom('yes', 'No', 'ON', 'off', 'y', 'N', 'true', 'null', 'yesterday', 'n1'),
  fc.stringMatching(/^[-+]?[0-9_]{1,5}$/),
  fc.stringMatching(/^[-+]?0[0-9bxo][0-7a-f_]{1,3}$/),
  fc.stringMatching(/^[0-9]{1,3}(:[0-9]{1,2}){1,2}$/),
  fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/),
  fc.stringMatching(/^[0-9]{1,2}\.[0-9_]{1,3}$/),
  fc.stringMatching(/^[a-z0-9.:_-]{1,5}$/),
);

function reading(text: string, version: '1.1' | '1.2'): string {
  const value: unknown = parse(text, { version, logLevel: 'silent' });
  return value instanceof Date ? 'a date' : JSON.stringify(value);
}

describe('what YAML 1.1 reads', () => {
  it('is another value only where yaml, asked for both versions, says so too', () => {
    fc.assert(
      fc.property(scalar.filter(isComparable), (text) => {
        expect(`${text} ${inYaml11(text) !== undefined}`).toBe(
          `${text} ${reading(text, '1.1') !== reading(text, '1.2')}`,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('is never overlooked by the first search', () => {
    const around = fc.constantFrom('a: #', '- #', 'a: [#, b]', 'a: {b: #}', 'a: {#: b}', '#: b', 'a: # # c', '{a: #}');
    fc.assert(
      fc.property(scalar, around, (text, form) => {
        if (inYaml11(text) !== undefined)
          expect([text, mayBeAmbiguous(form.replace('#', text)).any]).toEqual([text, true]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['0777', 'the number 511'],
    ['60:30', 'the number 3630'],
    ['1_000', 'the number 1000'],
    ['1e3', 'a string'],
    ['0o17', 'a string'],
    ['Off', 'the boolean false'],
    ['2026-01-31', 'a date'],
  ])('%s is %s', (text, means) => {
    expect(inYaml11(text)?.means).toBe(means);
  });

  it.each(['us', 'v1:0', '1.5', '100', '-3', '0', '0x1F', '10.0.0.1', 'true', 'on-call', 'no one', '"no"', '1.0e+3'])(
    '%s is the same',
    (text) => {
      expect(inYaml11(text)).toBeUndefined();
    },
  );
});

describe('the fix of an ambiguous value', () => {
  it('changes what is written, not what it means here', () => {
    const path = 'tenants/acme.yaml';
    const written = `${minimal[path]?.replace('CC-1', 'No')}  limits: {requestsPerMinute: 0100, tokensPerDay: 1e5}\n`;
    const before = compiled(overlay(minimal, { [path]: written }));
    expect(before.findings.map(({ code, fix }) => [code, fix?.text])).toEqual([
      ['yaml/ambiguous', '"No"'],
      ['yaml/ambiguous', '100'],
      ['yaml/ambiguous', '100000'],
    ]);
    const mended = before.findings.toReversed().reduce((text, { fix }) => {
      const { start, end } = fix?.place.range ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
      const rows = text.split('\n');
      const row = rows[start.line - 1] ?? '';
      return rows
        .with(start.line - 1, row.slice(0, start.column - 1) + fix?.text + row.slice(end.column - 1))
        .join('\n');
    }, written);
    const after = compiled(overlay(minimal, { [path]: mended }));
    expect(after.findings).toEqual([]);
    expect(after.documents.get(path)?.value).toEqual(before.documents.get(path)?.value);
  });
});

/** Days that are none, and what the two versions of the standard leave to the program. */
function isComparable(text: string): boolean {
  if (/^\d{4}-/.test(text)) return Number.isFinite(Date.parse(text)) && !/-00/.test(text);
  return !/[eE:.]|^[-+]?0[box]?_*$|^[-+]?0[0-7_]*[89]|^[-+_]/.test(text);
}
