import { describe, expect, it } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { emit } from '../../compiler/emit/emit.ts';
import type { Sourcemap } from '../../contract/artifacts/manifest.ts';
import { day, filesIn, repository, treeOf } from './project.ts';

const { releases, environments, documents } = compile({
  tree: treeOf(filesIn(repository)),
  date: day,
  commit: null,
  toolVersion: 'test',
});

/** As a reader does: the nearest entry above, and for an entry without a file the nearest one that has it. */
function placeOf(entries: Readonly<Record<string, string>>, pointer: string): string {
  let position: string | undefined;
  for (let at: string | undefined = pointer; at !== undefined; at = above(at)) {
    const entry = entries[at];
    if (entry === undefined) continue;
    if (/^\d+:\d+$/.test(entry)) position ??= entry;
    else return position === undefined ? entry : `${entry.replace(/:\d+:\d+$/, '')}:${position}`;
  }
  throw new Error(`nothing says where ${pointer} comes from`);
}

function above(pointer: string): string | undefined {
  return pointer === '' ? undefined : pointer.slice(0, pointer.lastIndexOf('/'));
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
        const last = new Map(sources.map(({ path, origin }) => [pointerOf(path), origin]));
        for (const [pointer, { file, path, key }] of last) {
          const start = documents.get(file)?.locate(path, key).start;
          const place = placeOf(map.artifacts[artifact] ?? {}, pointer);
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
