import { describe, expect, it, vi } from 'vitest';
import { analyse } from '../../compiler/analyse.ts';
import { type Fixture, fixtures, treeOfFixture } from './corpus.ts';
import { day } from './project.ts';

/** The registry as records that a test can take a check out of. */
const registry = vi.hoisted(() => ({
  tree: {} as Record<string, unknown>,
  environment: {} as Record<string, unknown>,
}));

vi.mock('../../compiler/checks/registry.ts', async (original) => {
  const { treeChecks, environmentChecks } = await original<typeof import('../../compiler/checks/registry.ts')>();
  Object.assign(registry.tree, treeChecks);
  Object.assign(registry.environment, environmentChecks);
  return { treeChecks: registry.tree, environmentChecks: registry.environment };
});

/** Where a fixture has findings. What they hid elsewhere may come to light without them. */
function placesOf(fixture: Fixture): readonly string[] {
  const { findings } = analyse({ tree: treeOfFixture(fixture), date: day });
  return findings.map(
    ({ place: { file, range } }) => `${fixture.name}: ${file}:${range.start.line}:${range.start.column}`,
  );
}

describe('nothing but its check knows a mistake', () => {
  const checks = [registry.tree, registry.environment].flatMap((of) => Object.keys(of).map((name) => ({ name, of })));

  it.each(checks)('$name', ({ name, of }) => {
    const alone = fixtures.filter(({ bad, code, also }) => bad && code === name && also.length === 0);
    expect(alone).not.toEqual([]);
    const said = new Set(alone.flatMap((fixture) => placesOf(fixture)));
    const { [name]: check } = of;
    of[name] = () => [];
    try {
      for (const fixture of alone) {
        const left = placesOf(fixture).filter((place) => said.has(place));
        expect(left, `${fixture.name} without ${name}`).toEqual([]);
      }
    } finally {
      of[name] = check;
    }
  });
});
