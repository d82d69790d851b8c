import type { Path } from '../finding.ts';
import { type Edit, isKeyEdit } from './complaint.ts';

/** A copy of `value` with the edits done; what they do not touch is shared with the original. */
export function applyEdits(value: unknown, edits: readonly Edit[]): unknown {
  const whole = edits.find((edit) => !isKeyEdit(edit) && edit.path.length === 0);
  if (whole !== undefined && !isKeyEdit(whole)) return whole.value;
  if (edits.length === 0 || typeof value !== 'object' || value === null) return value;
  const below = new Map<string | number | undefined, Edit[]>();
  for (const edit of edits) {
    const deeper = { ...edit, path: edit.path.slice(1) };
    const same = below.get(edit.path[0]);
    if (same === undefined) below.set(edit.path[0], [deeper]);
    else same.push(deeper);
  }
  const deeper = (step: string | number): readonly Edit[] => below.get(step) ?? [];
  if (Array.isArray(value)) return value.map((item: unknown, index) => applyEdits(item, deeper(index)));
  const renamed = edits.filter(isKeyEdit).filter(({ path }) => path.length === 0);
  const here = new Map(renamed.map((edit) => [edit.key, edit]));
  const entries = Object.entries(value).flatMap(([key, item]: [string, unknown]): [string, unknown][] => {
    const edit = here.get(key);
    if (edit === undefined) return [[key, applyEdits(item, deeper(key))]];
    return edit.to === undefined ? [] : [[edit.to, item]];
  });
  return Object.fromEntries(entries);
}

/** Where a path of the repaired value stands in the value before: under the name that was misspelt there. */
export function pathBefore(path: Path, edits: readonly Edit[]): Path {
  const edit = edits.filter(isKeyEdit).find(({ path: parent, to }) => {
    return to !== undefined && path[parent.length] === to && parent.every((step, index) => step === path[index]);
  });
  return edit === undefined ? path : [...edit.path, edit.key, ...path.slice(edit.path.length + 1)];
}
