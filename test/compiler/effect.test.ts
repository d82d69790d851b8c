import { describe, expect, it } from 'vitest';
import { releaseArtifacts } from '../../contract/artifacts/artifacts.ts';
import { reportOf } from './effect/config-tests.ts';
import { allLeaves, before, effectOf, isFixed } from './effect/effects.ts';
import { hints, onlyOneValue, readBy } from './effect/hints.ts';
import { base } from './effect/outcome.ts';

describe('no field without an effect', () => {
  it('starts from a project that compiles and has every field', () => {
    expect(before.artifacts).toHaveLength(2 * releaseArtifacts.length);
    expect(allLeaves.filter(({ places }) => places.length === 0).map(({ name }) => name)).toEqual([]);
  });

  it.each(Object.keys(base).filter((file) => file.endsWith('.test.yaml')))(
    'starts from tests that pass: %s',
    async (file) => {
      const report = await reportOf(base, file);
      expect(report?.filter((line) => !line.endsWith(': passed'))).toEqual([]);
    },
  );

  it('knows which fields have one value only, and nothing else is exempt', () => {
    const fixed = allLeaves.filter(isFixed).map(({ name }) => name);
    expect(fixed.filter((leaf) => !onlyOneValue.some((known) => known.test(leaf)))).toEqual([]);
  });

  it.each(allLeaves.filter((leaf) => !isFixed(leaf)))('$name', async (leaf) => {
    const effect = await effectOf(leaf);
    expect(effect, `${leaf.name} has no effect`).toBeDefined();
    const isRead = readBy.some(([pattern]) => pattern.test(leaf.name));
    expect(effect?.kind === 'directory', `tenants.json alone carries ${leaf.name}: who reads it?`).toBe(isRead);
  });

  it('keeps no hint for a field that is gone', () => {
    const names = allLeaves.map(({ name }) => name);
    expect(Object.keys(hints).filter((leaf) => !names.includes(leaf))).toEqual([]);
    const patterns = [...readBy.map(([pattern]) => pattern), ...onlyOneValue];
    expect(patterns.filter((pattern) => !names.some((leaf) => pattern.test(leaf)))).toEqual([]);
  });
});
