import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../compiler/diagnostics/finding.ts';
import { renderers } from '../../compiler/diagnostics/renderers.ts';

const at = (line: number, column: number, width = 1): Finding['place'] => ({
  file: 'tenants/a.yaml',
  range: { start: { line, column }, end: { line, column: column + width } },
});

const finding = (over: Partial<Finding> = {}): Finding => ({
  code: 'schema/unknown-field',
  severity: 'error',
  message: 'unknown field "teir"',
  place: at(2, 3, 4),
  related: [{ message: 'tier is described here', place: at(1, 1) }],
  hint: 'did you mean "tier"?',
  ...over,
});

const source = 'spec:\n  teir: high\n';
const text = (findings: Finding[], content = source): string =>
  renderers.text(findings, { files: 12, sourceOf: () => content });

describe('text', () => {
  it('shows the line, what is wrong, where else to look and what to write', () => {
    expect(text([finding()])).toBe(
      [
        'tenants/a.yaml:2:3 error schema/unknown-field',
        '  unknown field "teir"',
        '  2 |   teir: high',
        '    |   ^^^^',
        '  see tenants/a.yaml:1:1 tier is described here',
        '  1 | spec:',
        '    | ^',
        '  fix did you mean "tier"?',
        '',
        '1 error in 12 files',
        '',
      ].join('\n'),
    );
  });

  it('counts by severity', () => {
    const warning = finding({ severity: 'warning' });
    expect(text([finding(), finding(), warning])).toMatch(/\n2 errors, 1 warning in 12 files\n$/);
    expect(text([])).toBe('no findings in 12 files\n');
  });

  it('leaves colour to its caller', () => {
    const style = (part: string, role: string): string => `<${role}>${part}</${role}>`;
    const styled = renderers.text([finding()], { files: 1, sourceOf: () => source, style });
    expect(styled).toContain('<place>tenants/a.yaml:2:3</place> <error>error</error>');
    expect(styled).toMatch(/<error> +\^{4}<\/error>/);
  });

  it('cuts long lines around the place', () => {
    const shown = text([finding({ place: at(1, 5001, 3) })], `${'x'.repeat(5000)}bad${'y'.repeat(5000)}`);
    expect(shown).toMatch(/\| …x{40}bady+…\n/);
    expect(shown).toContain(`| ${' '.repeat(41)}^^^\n`);
  });

  it('lets nothing from a file act on a terminal or reorder what is read', () => {
    const letters = fc.string({
      unit: fc.constantFrom('\u001B', '\u202E', '\u2066', '\r', '\u0007', '\u2028', 'a', '\t'),
    });
    fc.assert(
      fc.property(letters, fc.nat(20), (noise, column) => {
        const one = finding({ message: noise, hint: noise, place: { ...at(1, column + 1), file: `x${noise}` } });
        expect(text([one], noise)).not.toMatch(/[^\P{Cc}\n]|[\u202A-\u202E\u2066-\u2069\u2028]/u);
      }),
    );
  });
});

describe('json', () => {
  it('has a version and stable keys', () => {
    const { place, ...rest } = finding();
    const shuffled: Finding = { place, ...rest };
    const context = { files: 1, sourceOf: () => undefined };
    expect(renderers.json([shuffled], context)).toBe(renderers.json([finding()], context));
    expect(JSON.parse(renderers.json([finding()], context))).toEqual({ schemaVersion: 1, findings: [finding()] });
  });
});
