import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mutant } from '../../scripts/mutants/mutant.ts';
import { mutated } from '../../scripts/mutants/mutant.ts';
import { mutants } from '../../scripts/mutants/mutants.ts';
import { environments } from '../../scripts/mutants/projects.ts';
import { outcomes } from '../../scripts/mutants/run.ts';
import { repository } from '../compiler/project.ts';

/** What is said of mutants that are not in the list. `npm run mutants` runs those that are. */
describe('mutants of table and emitter', () => {
  it('have a name each, and fit the code', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    const same = mutants.filter((mutant) => {
      const source = readFileSync(join(repository, mutant.file), 'utf8');
      return mutated(mutant, source) === source;
    });
    expect(same).toEqual([]);
  });

  it('are refused where they no longer fit', () => {
    const stale = { name: 'stale', file: 'a.ts', from: 'x', to: 'y' };
    expect(() => mutated(stale, 'nothing')).toThrow('mutant "stale": its text stands 0 times in a.ts');
    expect(() => mutated(stale, 'x x')).toThrow('stands 2 times');
  });

  it('are told from code without a mistake, which survives', async () => {
    const file = 'compiler/table/build.ts';
    const start = 'export function buildTable';
    const none: Mutant = { name: 'none', file, from: start, to: start };
    const caught: (string | undefined)[] = [];
    for await (const { caughtBy } of outcomes([none], environments())) caught.push(caughtBy?.message);
    expect(caught).toEqual([undefined]);
  });
});
