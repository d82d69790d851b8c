import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../compiler/analyse.ts';
import type { Path } from '../../compiler/diagnostics/finding.ts';
import type { SourceDocument } from '../../compiler/source/document.ts';
import { parseFile } from '../../compiler/source/parse.ts';
import { readTree } from '../../compiler/source/read.ts';
import { type Checked, type FixResult, fixFindings } from '../../toolchain/fix.ts';
import { day, filesIn, minimal, overlay, repository } from '../compiler/project.ts';
import { temporaryDirectory } from '../temporary.ts';

const complete = filesIn(join(repository, 'test/compiler/projects/complete'));
const tenant = 'tenants/acme.yaml';

function written(files: Readonly<Record<string, string>>): string {
  const root = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function check(root: string): Checked {
  const tree = readTree(root);
  return { tree, analysis: analyse({ tree, date: day }) };
}

function fix(root: string, between = (): void => {}): FixResult {
  return fixFindings(root, () => {
    const checked = check(root);
    between();
    return checked;
  });
}

/** The minimal project with another text for its tenant's spec, and what becomes of it. */
function fixedTenant(spec: string): { readonly text: string; readonly result: FixResult; readonly root: string } {
  const head = (minimal[tenant] ?? '').split('spec:')[0] ?? '';
  const root = written(overlay(minimal, { [tenant]: `${head}${spec}` }));
  const result = fix(root);
  return { text: readFileSync(join(root, tenant), 'utf8').slice(head.length), result, root };
}

describe('what is mended', () => {
  it.each([
    ['a misspelt field', 'teir: standard', 'tier: standard'],
    ['a quoted key', '"teir": standard', 'tier: standard'],
    ['money without quotes, as it was written', 'budget: {monthlyUsd: 250.00}', 'budget: {monthlyUsd: "250.00"}'],
    ['a number in quotes', 'limits: {requestsPerMinute: "100"}', 'limits: {requestsPerMinute: 100}'],
    ['a number with separators', 'limits: {tokensPerDay: 500_000}', 'limits: {tokensPerDay: 500000}'],
    ['a word in the wrong case', 'budget: {onExceeded: Reject}', 'budget: {onExceeded: reject}'],
    ['a mistake in a mistake', 'budgte: {monthlyUds: 250.00}', 'budget: {monthlyUsd: "250.00"}'],
  ])('%s', (_what, before, after) => {
    const rest = `  routing: base\n  # because\n  clients: [{name: default}] # said who\n`;
    const tier = before.includes('teir') ? '' : '  tier: standard\n';
    const { text, result } = fixedTenant(`spec:\n${tier}  ${before}\n${rest}`);
    expect(text).toBe(`spec:\n${tier}  ${after}\n${rest}`);
    expect(result.last.analysis.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is told with place, old and new text', () => {
    const { result } = fixedTenant('spec:\n  teir: standard\n  routing: base\n  clients: [{name: default}]\n');
    expect(result.mends).toEqual([{ file: tenant, position: { line: 5, column: 3 }, from: 'teir', to: 'tier' }]);
  });
});

describe('what a person decides', () => {
  it.each([
    ['which of two fields was meant', 'tire: standard\n  teir: standard'],
    ['another resource', 'tier: standrad'],
    ['who may do what', 'tier: standard\n  clients: [{name: default, scopes: [Invoke]}]'],
    ['a field that grants access', 'tier: standard\n  models: {alow: [claude]}'],
    ['a number with a leading zero', 'tier: standard\n  limits: {requestsPerMinute: "0100"}'],
    ['a comma in a number', 'tier: standard\n  limits: {requestsPerMinute: "1,000"}'],
    ['a field whose value does not fit', 'tier: standard\n  limts: many'],
    ['a field that stands there already', 'tier: standard\n  teir: high'],
    ['an abbreviation', 'tier: standard\n  limits: {requests: 5}'],
  ])('%s', (_what, spec) => {
    const before = `spec:\n  ${spec}\n  routing: base\n`;
    const { text, result } = fixedTenant(before);
    expect(text).toBe(before);
    expect(result.mends).toEqual([]);
    expect(result.last.analysis.findings.some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('a value that others share', () => {
    const before =
      'spec:\n  tier: standard\n  routing: base\n  clients: [{name: default}]\n  limits: {requestsPerMinute: &n "7"}\n  environments: {dev: {budget: {monthlyUsd: *n}}}\n';
    const { text, result } = fixedTenant(before);
    expect(text).toBe(before);
    expect(result.unmended.map(({ reason }) => reason)).toEqual(['it would change other values as well']);
  });
});

describe('files', () => {
  const wrong = (minimal[tenant] ?? '').replace('tier:', 'teir:');

  it('keep their mode, their line endings and their byte order mark, and nothing is left beside them', () => {
    const root = written(overlay(minimal, { [tenant]: `\uFEFF${wrong.replaceAll('\n', '\r\n')}` }));
    chmodSync(join(root, tenant), 0o640);
    fix(root);
    expect(readFileSync(join(root, tenant), 'utf8')).toBe(`\uFEFF${(minimal[tenant] ?? '').replaceAll('\n', '\r\n')}`);
    expect(statSync(join(root, tenant)).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(root, 'tenants')).sort()).toEqual(['acme.yaml', 'tiers.yaml']);
  });

  const other = 'gatewright.yaml';
  const wrongOther = (minimal[other] ?? '').replace('gatewright/v1', 'gatewrigth/v1');

  it.each([
    ['changed', (root: string) => writeFileSync(join(root, tenant), `${wrong}# mine\n`)],
    ['gone', (root: string) => unlinkSync(join(root, tenant))],
    [
      'a link now',
      (root: string) => {
        writeFileSync(join(root, 'elsewhere.yaml'), wrong);
        unlinkSync(join(root, tenant));
        symlinkSync('../elsewhere.yaml', join(root, tenant));
      },
    ],
  ])('are all left alone when one of them is %s', (_how, change) => {
    const root = written(overlay(minimal, { [tenant]: wrong, [other]: wrongOther }));
    const { mends, unmended } = fix(root, () => change(root));
    expect(mends).toEqual([]);
    expect(unmended.map(({ reason }) => reason)).toEqual(
      Array(2).fill(`nothing was written: ${tenant} changed meanwhile`),
    );
    expect(readFileSync(join(root, other), 'utf8')).toBe(wrongOther);
  });
});

interface Slip {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

describe('any slips of the pen', () => {
  const paths = Object.keys(complete);
  const documents = new Map(paths.map((path) => [path, parsed(path, complete[path] ?? '')]));

  it('are mended or told, nothing else changes, and a second time changes nothing', { timeout: 1_800_000 }, () => {
    const slips = fc.constantFrom(...paths).chain((path) => {
      const all = slipsIn(documents.get(path));
      return fc.record({ path: fc.constant(path), slips: fc.subarray([...all], { minLength: 1, maxLength: 3 }) });
    });
    const changes = fc.uniqueArray(slips, { minLength: 1, maxLength: 3, selector: ({ path }) => path });
    let all = 0;
    fc.assert(
      fc.property(changes, (changed) => {
        const before = changed.map(({ path, slips }) => [path, slipped(complete[path] ?? '', slips)] as const);
        const root = written({ ...complete, ...Object.fromEntries(before) });
        const first = fix(root);
        const left = first.last.analysis.findings.filter((finding) => finding.fix !== undefined);
        expect(left).toEqual(expect.arrayContaining(first.unmended.map(({ finding }) => finding)));
        expect(left).toHaveLength(first.unmended.length);
        for (const { path, slips } of changed) {
          expect(readFileSync(join(root, path), 'utf8')).toMatch(surroundings(complete[path] ?? '', slips));
        }
        all += first.mends.length;
        const mended = new Set(first.mends.map(({ file }) => file));
        for (const [path, text] of before) {
          if (!mended.has(path)) expect(readFileSync(join(root, path), 'utf8')).toBe(text);
        }
        expect(fix(root).mends).toEqual([]);
      }),
      { numRuns: process.env['NIGHTLY'] === '1' ? 1000 : 15 },
    );
    expect(all).toBeGreaterThan(0);
  });
});

function parsed(path: string, text: string): SourceDocument {
  const { document } = parseFile({ path, content: new TextEncoder().encode(text) });
  if (document === undefined) throw new Error(`${path} cannot be read`);
  return document;
}

/** Every slip that somebody could make in a file: letters of a key swapped, quotes forgotten or too many, another case. */
function slipsIn(document: SourceDocument | undefined): readonly Slip[] {
  if (document === undefined) return [];
  const slips: Slip[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const step = Array.isArray(value) ? Number(key) : key;
        if (typeof step === 'string' && /^[a-z]\w+$/i.test(step)) {
          slips.push(slipAt(document, [...path, step], true, swapped(step)));
        }
        visit(inner, [...path, step]);
      }
    } else slips.push(slipAt(document, path, false, otherwise(value, document.textOf(path) ?? '')));
  };
  visit(document.value, []);
  return slips.filter(({ start, end, text }) => text !== document.text.slice(start, end));
}

function slipAt(document: SourceDocument, path: Path, key: boolean, text: string): Slip {
  const { start, end } = document.locate(path, key);
  const lines = document.text.split('\n');
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  return { start: offset(start.line, start.column), end: offset(end.line, end.column), text };
}

function swapped(word: string): string {
  return `${word.slice(0, 1)}${word.slice(2, 3)}${word.slice(1, 2)}${word.slice(3)}`;
}

function otherwise(value: unknown, text: string): string {
  if (typeof value === 'number') return `"${text}"`;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (/^"[\d.]+"$/.test(text)) return text.slice(1, -1);
  return /^[a-z]+$/.test(text) ? text.toUpperCase() : text;
}

function inOrder(slips: readonly Slip[]): Slip[] {
  return [...slips].sort((a, b) => a.start - b.start);
}

function slipped(text: string, slips: readonly Slip[]): string {
  return inOrder(slips).reduceRight(
    (result, { start, end, text: slip }) => `${result.slice(0, start)}${slip}${result.slice(end)}`,
    text,
  );
}

/** A text that is as before everywhere but where the slips were. */
function surroundings(text: string, slips: readonly Slip[]): RegExp {
  let from = 0;
  const parts = inOrder(slips).map(({ start, end }) => {
    const part = text.slice(from, start);
    from = end;
    return part;
  });
  const written = [...parts, text.slice(from)].map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${written.join('[^\n]*?')}$`);
}
