import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { transformFileSync } from '@swc/core';
import { commitAll } from '../test/git.ts';
import { type Edit, type Probe, type ProbeInput, type ProbeOutput, probeNames } from './probes.ts';
import { raiseBudget, tenantFile } from './tenant-file.ts';

/** Milliseconds are medians of fresh processes. */
export interface Measured {
  readonly tenants: number;
  /** Of how many classes the tenants were made; null: as many as the example's teams make. */
  readonly classes: number | null;
  readonly runs: number;
  readonly milliseconds: Readonly<Record<Probe, number>>;
  /** Of the whole compile, resident. */
  readonly peakBytes: number;
  /** Of agentgateway.json. */
  readonly configBytes: number;
  /** Of the command `diff` as a whole; null: it is not built. */
  readonly previewMilliseconds: number | null;
}

export interface StartUp {
  readonly versionMilliseconds: number;
  readonly bareNodeMilliseconds: number;
  /** The whole command `validate` on the example. */
  readonly validateMilliseconds: number;
}

export interface Subject {
  readonly build: string;
  readonly date: string;
  readonly environment: string;
}

/** Tenants, of so many classes. */
export type Size = Pick<Measured, 'tenants' | 'classes'>;

/** Probes take turns, so that a slow moment of the machine does not fall on one of them alone. */
export function measure(subject: Subject, tree: string, size: Size, runs: number): Measured {
  const script = join(tree, '..', 'probe.mjs');
  writeFileSync(script, transformFileSync(fileURLToPath(new URL('probe.ts', import.meta.url)), typescript).code);
  const edit = editOf(tree, size);
  const outputs = new Map<Probe, ProbeOutput[]>(probeNames.map((probe) => [probe, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const [probe, done] of outputs) {
      done.push(runProbe(script, { probe, tree, edit, yaml: import.meta.resolve('yaml'), ...subject }));
    }
  }
  const of = (probe: Probe, what: keyof ProbeOutput): number => median(outputs.get(probe)?.map((o) => o[what]) ?? []);
  return {
    ...size,
    runs,
    milliseconds: {
      yardstick: of('yardstick', 'milliseconds'),
      validate: of('validate', 'milliseconds'),
      compile: of('compile', 'milliseconds'),
      emitAndVerify: of('emitAndVerify', 'milliseconds'),
      gatewayConfig: of('gatewayConfig', 'milliseconds'),
      again: of('again', 'milliseconds'),
      watch: of('watch', 'milliseconds'),
    },
    peakBytes: of('compile', 'peakBytes'),
    configBytes: of('gatewayConfig', 'configBytes'),
    previewMilliseconds: preview(subject, tree, edit, runs),
  };
}

export function measureStartUp({ build, date }: Subject, example: string, runs: number): StartUp {
  const version: number[] = [];
  const bare: number[] = [];
  const validate: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    bare.push(node(['-e', '0']));
    version.push(node([join(build, 'cli/main.js'), '--version']));
    validate.push(node([join(build, 'cli/main.js'), 'validate', '--root', example, '--at', date]));
  }
  return {
    versionMilliseconds: median(version),
    bareNodeMilliseconds: median(bare),
    validateMilliseconds: median(validate),
  };
}

const typescript = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } } as const;

function runProbe(script: string, input: ProbeInput): ProbeOutput {
  return JSON.parse(execFileSync(process.execPath, [script, JSON.stringify(input)], { encoding: 'utf8' }));
}

/** The budget of one tenant; of the first that was generated, or in the smallest tree of the one that the example has. */
function editOf(tree: string, { classes }: Size): Edit {
  const { path } = tenantFile(1, classes);
  const at = existsSync(join(tree, path)) ? path : 'tenants/platform.yaml';
  return { path: at, text: raiseBudget(readFileSync(join(tree, at), 'utf8')) };
}

/** Leaves the tree as it was. */
function preview({ build, date }: Subject, tree: string, edit: Edit, runs: number): number | null {
  if (!existsSync(join(build, 'cli/commands/diff.js'))) return null;
  const file = join(tree, edit.path);
  const before = readFileSync(file, 'utf8');
  commitAll(tree);
  writeFileSync(file, edit.text);
  const command = [join(build, 'cli/main.js'), 'diff', '--base', 'HEAD', '--root', tree, '--at', date];
  const times = Array.from({ length: runs }, () => node(command));
  writeFileSync(file, before);
  return median(times);
}

function node(args: readonly string[]): number {
  const start = performance.now();
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
