import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generate } from './generate.ts';
import { measure, measureStartUp } from './measure.ts';
import { type Result, renderTable } from './report.ts';

const project = fileURLToPath(new URL('..', import.meta.url));

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,100,1000,10000' },
    /** How often each measurement is taken; by default less often where it takes long. */
    runs: { type: 'string' },
    json: { type: 'string' },
    /** Another compiled Gatewright, to compare with. */
    build: { type: 'string', default: join(project, 'build') },
  },
});

const subject = { build: resolve(values.build), date: '2026-11-24', environment: 'dev' };
if (!existsSync(join(subject.build, 'cli/main.js'))) throw new Error(`${subject.build} is empty: npm run build`);

const work = mkdtempSync(join(tmpdir(), 'gatewright-bench-'));
try {
  const sizes = values.sizes
    .split(',')
    .map(positive)
    .map((tenants) => {
      process.stderr.write(`measuring ${tenants} tenants\n`);
      const tree = join(work, String(tenants));
      generate(project, tree, tenants);
      return measure(subject, tree, tenants, values.runs === undefined ? runsFor(tenants) : positive(values.runs));
    });
  const result: Result = {
    node: process.version,
    cpus: availableParallelism(),
    environment: subject.environment,
    startUp: measureStartUp(subject, values.runs === undefined ? 15 : positive(values.runs)),
    sizes,
  };
  console.log(renderTable(result));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function runsFor(tenants: number): number {
  return tenants > 1000 ? 3 : 7;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${text} is not a positive whole number`);
  return value;
}
