import { type Kind, kindOf } from '../../../compiler/schema/kinds.ts';
import { hints, references, renames } from './hints.ts';
import type { Occurrence } from './leaves.ts';
import { mutants, replaced, valueAt, withReferences } from './mutations.ts';
import { base, type Values } from './outcome.ts';

export interface Place {
  readonly file: string;
  readonly occurrence: Occurrence;
}

/** A project that differs in one leaf, and the file in which it does. */
export interface Change {
  readonly file: string;
  readonly values: Values;
}

/** Each other value of a leaf that may be valid, in each of its places. */
export function* changesOf(leaf: string, places: readonly Place[]): Iterable<Change> {
  for (const { file, occurrence } of places) {
    const root = base[file];
    if (leaf.endsWith('metadata.name')) yield renameResource(file, String(valueAt(root, occurrence.path)));
    if (leaf === 'Tiers.spec.{}') yield renameTier(file, occurrence);
    if (leaf.endsWith('shares.*')) yield moveShare(file, occurrence);
    const reference = Object.entries(references).find(([ending]) => leaf.endsWith(ending));
    for (const mutant of mutants(root, occurrence, hints[leaf] ?? reference?.[1])) {
      yield { file, values: { ...base, [file]: mutant } };
    }
  }
}

/** A resource under another name, with its file and everything that refers to it. */
function renameResource(file: string, name: string): Change {
  const fields = renames[kindOf(file) as Kind] ?? [];
  const target = file === 'gatewright.yaml' ? file : file.replace(`/${name}.`, '/renamed.');
  const followed = Object.entries(base).map(([path, value]): [string, unknown] => {
    const other = withReferences(value, fields, name, 'renamed');
    return path === file ? [target, replaced(other, ['metadata', 'name'], 'renamed')] : [path, other];
  });
  return { file: target, values: Object.fromEntries(followed) };
}

/** A tier under another name, with the tenants that are of it. */
function renameTier(file: string, { path }: Occurrence): Change {
  const name = String(path.at(-1));
  const [renamed] = mutants(base[file], { leaf: '', schema: {}, path, isKey: true }, ['renamed']);
  const followed = Object.entries(base).map(([other, value]) => [
    other,
    withReferences(value, ['tier'], name, 'renamed'),
  ]);
  return { file, values: { ...Object.fromEntries(followed), [file]: renamed } };
}

/** Shares add up: what one provider has more, another has less. */
function moveShare(file: string, { path }: Occurrence): Change {
  const parent = path.slice(0, -1);
  const [[first, a], [second, b]] = Object.entries(valueAt(base[file], parent) as Readonly<Record<string, number>>) as [
    [string, number],
    [string, number],
  ];
  return { file, values: { ...base, [file]: replaced(base[file], parent, { [first]: a + 1, [second]: b - 1 }) } };
}
