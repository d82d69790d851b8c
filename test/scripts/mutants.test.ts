import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutated } from '../../scripts/mutants/mutant.ts';
import { mutants } from '../../scripts/mutants/mutants.ts';
import { environments } from '../../scripts/mutants/projects.ts';
import { outcomes } from '../../scripts/mutants/run.ts';
import { repository } from '../compiler/project.ts';

describe('mutants of table and emitter', () => {
  it('have a name each', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it.each(mutants)('fits the code: $name', (mutant) => {
    const source = readFileSync(join(repository, mutant.file), 'utf8');
    expect(mutated(mutant, source)).not.toBe(source);
  });

  it('are refused where they no longer fit', () => {
    const stale = { name: 'stale', file: 'a.ts', from: 'x', to: 'y' };
    expect(() => mutated(stale, 'nothing')).toThrow('mutant "stale": its text stands 0 times in a.ts');
    expect(() => mutated(stale, 'x x')).toThrow('stands 2 times');
  });

  // `npm run mutants` runs all of them; here every sixth.
  it('are caught by the verifier', async () => {
    const sample = mutants.filter((_, index) => index % 6 === 0);
    const survivors: string[] = [];
    for await (const { mutant, caughtBy } of outcomes(sample, environments()))
      if (caughtBy === undefined) survivors.push(mutant.name);
    expect(survivors).toEqual([]);
  }, 120_000);

  it('are what is caught: code without a mistake is not', async () => {
    const same = {
      name: 'none',
      file: 'compiler/table/build.ts',
      from: 'export function buildTable',
      to: 'export function buildTable',
    };
    for await (const { caughtBy } of outcomes([same], environments())) expect(caughtBy).toBeUndefined();
  });
});
