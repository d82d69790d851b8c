import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { context } from 'esbuild';
import type { AnalysedEnvironment } from '../../compiler/analysis.ts';
import type { emit as Emit } from '../../compiler/emit/emit.ts';
import type { assemble as Assemble } from '../../compiler/emit/release.ts';
import type { buildTable as BuildTable } from '../../compiler/table/build.ts';
import { type Violation, violationsOf } from '../../compiler/verify/laws.ts';
import { type Mutant, mutated } from './mutant.ts';

const root = join(import.meta.dirname, '../..');

/** The part of the compiler that the verifier shares no code with. */
interface Maker {
  readonly buildTable: typeof BuildTable;
  readonly emit: typeof Emit;
  readonly assemble: typeof Assemble;
}

export interface Outcome {
  readonly mutant: Mutant;
  /** undefined: nothing saw it. */
  readonly caughtBy: Violation | undefined;
}

const entry = [
  "export { buildTable } from './compiler/table/build.ts';",
  "export { emit } from './compiler/emit/emit.ts';",
  "export { assemble } from './compiler/emit/release.ts';",
].join('\n');

/** Breaks table and emitter, each time in one way, and lays what they then make before the verifier. */
export async function* outcomes(
  mutants: readonly Mutant[],
  environments: readonly AnalysedEnvironment[],
): AsyncIterable<Outcome> {
  let current: { readonly file: string; readonly contents: string } | undefined;
  const bundler = await context({
    stdin: { contents: entry, resolveDir: root },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutant',
        setup({ onLoad }) {
          onLoad({ filter: /compiler\/(table|emit)\/.*\.ts$/ }, ({ path }) =>
            path === current?.file ? { contents: current.contents, loader: 'ts' } : undefined,
          );
        },
      },
    ],
  });
  try {
    for (const mutant of mutants) {
      const file = join(root, mutant.file);
      current = { file, contents: mutated(mutant, readFileSync(file, 'utf8')) };
      const { outputFiles } = await bundler.rebuild();
      yield { mutant, caughtBy: caught(await loaded(outputFiles[0]?.text ?? ''), environments) };
    }
  } finally {
    await bundler.dispose();
  }
}

/** One module with all that it needs, kept in memory: nothing is written, nothing is found in a cache. */
async function loaded(text: string): Promise<Maker> {
  return (await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)) as Maker;
}

function caught(
  { buildTable, emit, assemble }: Maker,
  environments: readonly AnalysedEnvironment[],
): Violation | undefined {
  for (const { model } of environments) {
    const { artifacts } = assemble(
      model.environment.name,
      emit(model, buildTable(model)),
      { commit: null, inputs: '0'.repeat(64), date: model.date, toolVersion: 'mutant' },
      () => ({ line: 1, column: 1 }),
    );
    const [violation] = violationsOf(model, artifacts);
    if (violation !== undefined) return violation;
  }
  return undefined;
}
