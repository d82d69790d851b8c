import { describe, expect, it } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { emit } from '../../compiler/emit/emit.ts';
import type { Sourcemap, SourcePlaces } from '../../contract/artifacts/manifest.ts';
import { day, filesIn, repository, treeOf } from './project.ts';

const { releases, environments, documents } = compile({
  tree: treeOf(filesIn(repository)),
  date: day,
  commit: null,
  toolVersion: 'test',
});

/** As a reader does: down to the value, and the last file and position on the way count. */
function placeOf(places: SourcePlaces, path: readonly (string | number)[]): string {
  let [file, position] = ['', ''];
  let at: SourcePlaces | undefined = places;
  for (const key of [...path, '']) {
    const own = typeof at === 'object' ? at[''] : at;
    if (typeof own === 'string') {
      const parts = own.split(':');
      position = parts.slice(-2).join(':');
      if (parts.length > 2) file = parts.slice(0, -2).join(':');
    }
    if (typeof at !== 'object' || !Object.hasOwn(at, key)) break;
    at = at[key];
  }
  return `${file}:${position}`;
}

describe('the source map', () => {
  it.each(releases.map(({ environment }, index) => [environment, index] as const))(
    'of %s leads to what decided each value',
    (_, index) => {
      const map = JSON.parse(releases[index]?.artifacts['sourcemap.json'] ?? '') as Sourcemap;
      const environment = environments[index];
      if (environment === undefined) throw new Error('an environment is missing');
      let checked = 0;
      for (const [artifact, { sources }] of Object.entries(emit(environment.model, environment.table))) {
        // Of two sources of one value the last one counts.
        const last = new Map(sources.map(({ path, origin }) => [pointerOf(path), { origin, steps: path }]));
        for (const [pointer, { origin, steps }] of last) {
          const { file, path, key } = origin;
          const start = documents.get(file)?.locate(path, key).start;
          const place = placeOf(map.artifacts[artifact] ?? {}, steps);
          expect(`${artifact}${pointer} ${place}`).toBe(
            `${artifact}${pointer} ${file}:${start?.line}:${start?.column}`,
          );
          checked += 1;
        }
      }
      expect(checked).toBeGreaterThan(100);
    },
  );
});

function pointerOf(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
