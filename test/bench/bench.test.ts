import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generate } from '../../bench/generate.ts';
import { type Measured, median } from '../../bench/measure.ts';
import { probeNames, probes } from '../../bench/probes.ts';
import { missedGoals, type Result, renderTable } from '../../bench/report.ts';
import { raiseBudget, tenantFile } from '../../bench/tenant-file.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let work: string;

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'gatewright-bench-test-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('npm run bench measures, prints one table and writes its numbers', () => {
  const json = join(work, 'bench.json');
  const args = ['--import', 'tsx', 'bench/main.ts', '--sizes', '10', '--runs', '1', '--json', json];
  const printed = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  for (const label of Object.values(probes)) expect(printed).toContain(label);
  expect(printed).toMatch(/^tenants +10 +goal$/m);
  expect(printed).toMatch(/^validate \+ compile ÷ yardstick +\d+\.\d\d(?: !)? +≤ 1\.00$/m);

  const result: Result = JSON.parse(readFileSync(json, 'utf8'));
  expect(result.sizes.map(({ tenants, runs }) => ({ tenants, runs }))).toEqual([{ tenants: 10, runs: 1 }]);
  for (const probe of probeNames) expect(result.sizes[0]?.milliseconds[probe]).toBeGreaterThan(0);
  expect(result.sizes[0]?.peakBytes).toBeGreaterThan(1e7);
});

describe('the generated tree', () => {
  test('has as many tenants as asked for and is the same each time', () => {
    const [first, second] = ['first', 'second'].map((name) => {
      generate(root, join(work, name), { tenants: 60, classes: null });
      return treeText(join(work, name));
    });
    expect(first).toBe(second);
    expect(first?.match(/^kind: Tenant$/gm)).toHaveLength(60);
  });

  test('has files as large as people write them, named after their tenant', () => {
    const files = Array.from({ length: 200 }, (_, index) => tenantFile(index, null));
    const bytes = files.map(({ text }) => text.length);
    expect(median(bytes)).toBeGreaterThan(750);
    expect(median(bytes)).toBeLessThan(1000);
    for (const { path, text } of files) {
      expect(path).toMatch(new RegExp(`/${(parse(text) as { metadata: { name: string } }).metadata.name}\\.yaml$`));
    }
  });

  test.each([20, 2000])('has as many classes as asked for: %d', (classes) => {
    const of = (index: number) => {
      const { spec } = parse(tenantFile(index, classes).text) as {
        spec: {
          routing: string;
          guardrails: string[];
          residency?: string[];
          models?: { allow?: string[]; deny?: string[] };
        };
      };
      return JSON.stringify([spec.routing, spec.guardrails, spec.residency, spec.models]);
    };
    expect(new Set(Array.from({ length: 2 * classes }, (_, index) => of(index))).size).toBe(classes);
  });

  test('can be edited: one budget becomes larger, nothing else', () => {
    const { text } = tenantFile(1, null);
    const before = parse(text) as { spec: { budget: { monthlyUsd: string } } };
    const after = parse(raiseBudget(text)) as typeof before;
    expect(Number(after.spec.budget.monthlyUsd)).toBeGreaterThan(Number(before.spec.budget.monthlyUsd));
    after.spec.budget.monthlyUsd = before.spec.budget.monthlyUsd;
    expect(after).toEqual(before);
  });
});

describe('the verdict', () => {
  const size: Measured = {
    tenants: 10_000,
    classes: 20,
    runs: 3,
    milliseconds: {
      yardstick: 1000,
      validate: 500,
      compile: 1000,
      emitAndVerify: 400,
      gatewayConfig: 1000,
      again: 100,
      watch: 100,
    },
    peakBytes: 1e9,
    configBytes: 3e6,
    previewMilliseconds: 1000,
  };
  const startUp = { versionMilliseconds: 80, bareNodeMilliseconds: 40, validateMilliseconds: 500 };
  const frame = { node: 'v20.20.2', cpus: 2, environment: 'dev' };

  test('is that all goals are met where each is just met', () => {
    expect(renderTable({ ...frame, startUp, sizes: [size] })).toContain('All goals are met.');
  });

  test('names each goal that is missed, and the sizes', () => {
    const slow: Measured = {
      ...size,
      milliseconds: { ...size.milliseconds, compile: 1001, gatewayConfig: 1001, again: 101, watch: 101 },
      peakBytes: 1e9 + 1,
      configBytes: 3e6 + 1,
      previewMilliseconds: 1001,
    };
    const slower = { ...startUp, versionMilliseconds: 81, validateMilliseconds: 501 };
    expect(missedGoals({ startUp: slower, sizes: [size, slow, { ...slow, tenants: 100 }] })).toEqual([
      'validate + compile ≤ 1 × yardstick, at 10 000, 100 tenants',
      'again ≤ 0.1 × yardstick, at 10 000, 100 tenants',
      'peak memory ≤ 1 GB, at 10 000, 100 tenants',
      'agentgateway.json ≤ 3 MB, at 10 000 tenants',
      'agentgateway.json made in ≤ 1 s, at 10 000 tenants',
      'answer to a save ≤ 100 ms, at 100 tenants',
      'diff ≤ 1 s, at 10 000 tenants',
      '--version ≤ 2 × node -e 0',
      'validate on the example ≤ 0.5 s',
    ]);
    expect(renderTable({ ...frame, startUp: slower, sizes: [slow] })).toMatch(/1\.00 !|1 001 ms !/);
  });

  test('says where there is no diff to measure', () => {
    const sizes = [{ ...size, previewMilliseconds: null }];
    expect(renderTable({ ...frame, startUp, sizes })).toContain('not built');
    expect(missedGoals({ startUp, sizes })).toEqual([]);
  });
});

function treeText(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${name}\n${readFileSync(join(folder, name), 'utf8')}`)
    .join('\n');
}
