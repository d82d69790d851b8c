import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { analyse } from '../../compiler/analyse.ts';
import type { Analysis } from '../../compiler/analysis.ts';
import type { Code } from '../../compiler/diagnostics/codes.ts';
import { readTree } from '../../compiler/source/read.ts';
import type { SourceTree } from '../../compiler/source/tree.ts';
import { day, type Files, minimal, overlay, sections, treeOf } from './project.ts';

/**
 * One corpus for every code: `checks/<family>/<slug>/{ok,err}-*.txt`, laid over the minimal project. `ok-` is silent;
 * `err-` gives what stands beside it. Before the sections a fixture may say:
 *
 * - `# also: <code> …`: findings of these other codes are there as well;
 * - `# docs`: docs/checks.md shows this one, not the shortest;
 * - `# copies: <count> <path with {n}>`: the sections that follow hold one file; this many of it, numbered;
 * - `# shell: <command>`: what a text cannot hold (bytes, links, sizes) is made by bash in the folder of the project.
 */
export const corpus = join(import.meta.dirname, 'checks');

export interface Fixture {
  /** `<family>/<slug>/err-<idea>` */
  readonly name: string;
  readonly code: Code;
  readonly file: string;
  readonly good: boolean;
  readonly bad: boolean;
  /** Codes of `# also:`. */
  readonly also: readonly string[];
  readonly isShown: boolean;
  readonly shell: readonly string[];
  readonly copies: Copies | undefined;
  readonly sections: Readonly<Record<string, string | null>>;
}

interface Copies {
  readonly count: number;
  /** `{n}` is the number. */
  readonly path: string;
}

export const fixtures: readonly Fixture[] = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.txt'))
  .sort()
  .map(fixtureAt);

function fixtureAt(path: string): Fixture {
  const file = join(corpus, path);
  const text = readFileSync(file, 'utf8');
  const name = path.replace(/\.txt$/, '');
  const [, count, copied] = /^# copies: (\d+) (\S+)$/m.exec(text) ?? [];
  return {
    name,
    code: name.split('/').slice(0, 2).join('/') as Code,
    file,
    good: /\/ok-[^/]+$/.test(name),
    bad: /\/err-[^/]+$/.test(name),
    also: /^# also: (.*)$/m.exec(text)?.[1]?.split(' ') ?? [],
    isShown: /^# docs$/m.test(text),
    shell: [...text.matchAll(/^# shell: (.*)$/gm)].flatMap(([, command]) => command ?? []),
    copies: copied === undefined ? undefined : { count: Number(count), path: copied },
    sections: sections(text),
  };
}

/** The tree of a fixture, from memory where that is enough. */
export function treeOfFixture({ sections: changes, shell, copies }: Fixture): SourceTree {
  const files = overlay(minimal, copies === undefined ? changes : copied(changes, copies));
  return shell.length === 0 ? treeOf(files) : madeOnDisk(files, shell);
}

export interface AnalysedFixture extends Analysis {
  readonly tree: SourceTree;
}

const analysed = new Map<string, AnalysedFixture>();

/** On the test day; once per fixture. */
export function analysisOf(fixture: Fixture): AnalysedFixture {
  const known = analysed.get(fixture.name);
  if (known !== undefined) return known;
  const tree = treeOfFixture(fixture);
  const analysis = { ...analyse({ tree, date: day }), tree };
  analysed.set(fixture.name, analysis);
  return analysis;
}

function copied(changes: Fixture['sections'], { count, path }: Copies): Record<string, string | null> {
  const { [path]: template = '', ...others } = changes;
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1));
  const copies = numbers.map((n) => [path.replace('{n}', n), (template ?? '').replaceAll('{n}', n)]);
  return { ...others, ...Object.fromEntries(copies) };
}

function madeOnDisk(files: Files, commands: readonly string[]): SourceTree {
  const root = mkdtempSync(join(tmpdir(), 'gatewright-fixture-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    for (const command of commands) execFileSync('bash', ['-euo', 'pipefail', '-c', command], { cwd: root });
    return asOthersRead(root, readTree(root));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The superuser reads what nobody may read; a fixture of such a file means the same to every user. */
function asOthersRead(root: string, { files, ...rest }: SourceTree): SourceTree {
  return {
    ...rest,
    files: files.map((file) => {
      if ('refused' in file.content || (statSync(join(root, file.path)).mode & 0o444) !== 0) return file;
      return { ...file, content: { refused: 'unreadable' } };
    }),
  };
}
