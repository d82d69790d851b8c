import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Change } from '../../compiler/diff/change.ts';
import { diffAnalyses } from '../../compiler/diff/diff.ts';
import { type ComparedKind, fieldsByKind } from '../../compiler/diff/fields/fields.ts';
import { readTree } from '../../compiler/source/read.ts';
import type { SourceTree } from '../../compiler/source/tree.ts';
import { analysed, overlay, project } from './trees.ts';

const scenarios = join(import.meta.dirname, 'scenarios');
const base = readTree(project);
const before = analysed(base);
const heads = readdirSync(scenarios, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, tree: overlay(base, join(scenarios, name, 'head')) }));

/** What a change says, without the risk and the place, which look at one direction. */
function core({ environments, subject, field, before: was, after: is }: Change): string {
  return JSON.stringify([environments, subject, field, was, is]);
}

function reversed(change: Change): Change {
  return { ...change, before: change.after, after: change.before };
}

describe('a diff', () => {
  it.each(heads)('of $name with itself is empty', ({ tree }) => {
    expect(diffAnalyses(analysed(tree), analysed(tree))).toEqual([]);
  });

  // A former name makes a move in one direction only.
  it.each(heads.filter(({ name }) => name !== 'tenant-renamed'))('of $name mirrors the way back', ({ tree }) => {
    const after = analysed(tree);
    const there = diffAnalyses(before, after).map(core).sort();
    const back = diffAnalyses(after, before).map(reversed).map(core).sort();
    expect(there).toEqual(back);
  });

  it('is the same whatever the order of files and keys and the comments', () => {
    const changed = heads.find(({ name }) => name === 'budgets')?.tree ?? base;
    const expected = diffAnalyses(before, analysed(changed)).map(core);
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const next = () => numbers.next().value as number;
        expect(diffAnalyses(analysed(rewritten(base, next)), analysed(rewritten(changed, next))).map(core)).toEqual(
          expected,
        );
        expect(diffAnalyses(before, analysed(rewritten(base, next)))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('is sorted by risk and the same every time', () => {
    const [first] = heads;
    const changes = heads.flatMap(({ tree }) => [diffAnalyses(before, analysed(tree))]);
    expect(diffAnalyses(before, analysed(first?.tree ?? base))).toEqual(changes[0]);
    for (const risks of changes.map((list) => list.map(({ risk }) => ['dangerous', 'caution', 'safe'].indexOf(risk)))) {
      expect(risks).toEqual([...risks].sort());
    }
  });
});

describe.each(Object.keys(fieldsByKind) as ComparedKind[])('the table of fields of a %s', (kind) => {
  it('has no two rows for one path', () => {
    const paths = fieldsByKind[kind].map(({ path }) => path);
    expect([...new Set(paths)]).toEqual(paths);
  });
});

/** The same configuration, written differently. */
function rewritten(tree: SourceTree, next: () => number): SourceTree {
  const files = tree.files.map(({ path, content }) => {
    if (!(content instanceof Uint8Array)) return { path, content };
    const text = stringify(shuffled(parse(new TextDecoder().decode(content)), next));
    return { path, content: new TextEncoder().encode(`# ${next()}\n${text}`) };
  });
  return { files: shuffle(files, next) };
}

function shuffled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(shuffle(Object.entries(value), next).map(([key, child]) => [key, shuffled(child, next)]));
}

function shuffle<T>(items: readonly T[], next: () => number): T[] {
  return items
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
