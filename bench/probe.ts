import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { analyse as Analyse } from '../compiler/analyse.ts';
import type { compile as Compile, CompileInput } from '../compiler/compile.ts';
import type { emit as Emit } from '../compiler/emit/emit.ts';
import type { emitGateway as EmitGateway } from '../compiler/emit/gateway/config.ts';
import type { assemble as Assemble } from '../compiler/emit/release.ts';
import type { createMemory as CreateMemory } from '../compiler/memory.ts';
import type { readTree as ReadTree } from '../compiler/source/read.ts';
import type { verify as Verify } from '../compiler/verify/verify.ts';
import type { canonicalText as CanonicalText } from '../contract/canonical.ts';
import type { Probe, ProbeInput, ProbeOutput } from './probes.ts';

/**
 * One measurement in a process of its own. Everything is loaded before the clock starts; nothing has run before, so that
 * the just-in-time compiler is as cold as in a user's command. Imports no value but Node's own: it runs as plain
 * JavaScript, because a TypeScript loader would add its memory and its thread to what is measured.
 */
const input: ProbeInput = JSON.parse(process.argv[2] ?? '');
const load = (file: string): Promise<unknown> => import(pathToFileURL(join(input.build, file)).href);
const { readTree } = (await load('compiler/source/read.js')) as { readTree: typeof ReadTree };
const { analyse } = (await load('compiler/analyse.js')) as { analyse: typeof Analyse };
const { compile } = (await load('compiler/compile.js')) as { compile: typeof Compile };
const { emit } = (await load('compiler/emit/emit.js')) as { emit: typeof Emit };
const { emitGateway } = (await load('compiler/emit/gateway/config.js')) as { emitGateway: typeof EmitGateway };
const { canonicalText } = (await load('contract/canonical.js')) as { canonicalText: typeof CanonicalText };
const { createMemory } = (await load('compiler/memory.js')) as { createMemory: typeof CreateMemory };
const { assemble } = (await load('compiler/emit/release.js')) as { assemble: typeof Assemble };
const { verify } = (await load('compiler/verify/verify.js')) as { verify: typeof Verify };
const yaml = (await import(input.yaml)) as { parse: (text: string) => unknown };

const circumstances = { commit: null, toolVersion: 'bench' };
const given = (tree: CompileInput['tree']): CompileInput => ({
  tree,
  date: input.date,
  environments: [input.environment],
  ...circumstances,
});

let configBytes = 0;

const probes: Readonly<Record<Probe, () => number | Promise<number>>> = {
  yardstick: () =>
    timed(() => {
      const decoder = new TextDecoder();
      for (const { path, content } of readTree(input.tree).files) {
        if ('refused' in content) throw new Error(`${path} was not read`);
        yaml.parse(decoder.decode(content));
      }
    }),
  validate: () => timed(() => right(analyse(given(readTree(input.tree))))),
  compile: () => timed(() => right(compile(given(readTree(input.tree))))),
  emitAndVerify: () => {
    const { environments, documents } = analyse(given(readTree(input.tree)));
    return timed(() => {
      for (const { model, table } of environments) {
        const release = assemble(
          model.environment.name,
          emit(model, table),
          { inputs: '0'.repeat(64), date: input.date, ...circumstances },
          ({ file, path, key }) => documents.get(file)?.locate(path, key).start ?? { line: 1, column: 1 },
        );
        verify(model, release.artifacts);
      }
    });
  },
  gatewayConfig: () => {
    const { environments } = analyse(given(readTree(input.tree)));
    return timed(() => {
      for (const { model, table } of environments) {
        const { value, evaluatedInOrder, indent } = emitGateway(model, table);
        configBytes += new TextEncoder().encode(canonicalText(value, evaluatedInOrder, indent)).length;
      }
    });
  },
  again: () => {
    const tree = readTree(input.tree);
    const memory = createMemory();
    right(analyse({ ...given(tree), memory }));
    const edited = new TextEncoder().encode(input.edit.text);
    return timed(() => {
      const files = tree.files.map((file) => (file.path === input.edit.path ? { ...file, content: edited } : file));
      right(analyse({ ...given({ files }), memory }));
    });
  },
  watch: answerToSaves,
};

/** How many saves are timed: the first ones run code that is not optimised yet, as they do for a person. */
const saves = 5;

/** The median; leaves the file as it was. */
async function answerToSaves(): Promise<number> {
  const file = join(input.tree, input.edit.path);
  const before = readFileSync(file, 'utf8');
  const command = [join(input.build, 'cli/main.js'), 'validate', '--watch', '--root', input.tree, '--at', input.date];
  const child = spawn(process.execPath, [...command, '--format', 'json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const times: number[] = [];
  try {
    await once(lines, 'line');
    for (let save = 0; save < saves; save += 1) {
      const start = performance.now();
      writeFileSync(file, save % 2 === 0 ? input.edit.text : before);
      await once(lines, 'line');
      times.push(performance.now() - start);
    }
  } finally {
    child.kill('SIGINT');
    writeFileSync(file, before);
  }
  return times.sort((a, b) => a - b)[saves >> 1] ?? Number.NaN;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** A tree with errors would be fast for the wrong reason. */
function right({ findings }: Pick<ReturnType<typeof Compile>, 'findings'>): void {
  const error = findings.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Error(`${error.code}: ${error.message}`);
}

const milliseconds = await probes[input.probe]();
const output: ProbeOutput = { milliseconds, peakBytes: process.resourceUsage().maxRSS * 1024, configBytes };
process.stdout.write(JSON.stringify(output));
