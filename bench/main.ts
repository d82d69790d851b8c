import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generate } from './generate.ts';
import { measure, measureStartUp, type Size } from './measure.ts';
import { type Result, renderTable } from './report.ts';

const project = fileURLToPath(new URL('..', import.meta.url));

const { values } = parseArgs({
  options: {
    /** Tenants, or tenants x classes. */
    sizes: { type: 'string', default: '10,100,1000,10000,10000x20,10000x2000' },
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
  const sizes = values.sizes.split(',').map((name) => {
    process.stderr.write(`measuring ${name} tenants\n`);
    const size = sizeOf(name);
    const tree = join(work, name);
    generate(project, tree, size);
    return measure(subject, tree, size, values.runs === undefined ? runsFor(size) : positive(values.runs));
  });
  const result: Result = {
    node: process.version,
    cpus: availableParallelism(),
    environment: subject.environment,
    startUp: measureStartUp(subject, project, values.runs === undefined ? 15 : positive(values.runs)),
    sizes,
  };
  console.log(renderTable(result));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function sizeOf(name: string): Size {
  const [tenants = '', classes] = name.split('x');
  return { tenants: positive(tenants), classes: classes === undefined ? null : positive(classes) };
}

function runsFor({ tenants }: Size): number {
  return tenants > 1000 ? 3 : 7;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${text} is not a positive whole number`);
  return value;
}
