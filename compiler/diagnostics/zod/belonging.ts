import type { Path } from '../finding.ts';
import type { Subject } from './complaint.ts';
import { fieldsAt, otherBranches, pathsTo, schemasAt } from './walk.ts';
import { either, pathText, quote } from './words.ts';

/** How far below a mapping a field is looked for. */
const depth = 2;
/** More homes than these say nothing. */
const mostHomes = 3;

/**
 * A field that is unknown at `path` (from the subject's value) but known elsewhere, as a hint: in another branch of the
 * same union, or nearest on the way up to the root of the file, or below.
 */
export function placeOf(subject: Subject, path: Path, key: string): string | undefined {
  const others = otherBranches(subject.schema, path, subject.value, key);
  const [first] = others;
  if (first !== undefined) {
    const values = [...new Set(others.filter(([name]) => name === first[0]).map(([, value]) => quote(value)))];
    return `delete it: it belongs to ${first[0]} ${either(values)}`;
  }
  const { schema, value } = subject.whole ?? subject;
  const full = subject.whole === undefined ? path : [...(subject.at ?? []), ...path];
  for (let length = full.length; length >= 0; length -= 1) {
    const homes = homesAt(full.slice(0, length), key, schema, value);
    if (homes.length > 0 && homes.length <= mostHomes) {
      return `move it: ${quote(key)} belongs to ${either(homes.map(placeText))}`;
    }
  }
  return undefined;
}

function homesAt(at: Path, key: string, schema: Subject['schema'], value: unknown): readonly Path[] {
  const here = fieldsAt(schema, at, value).includes(key) ? [at] : [];
  const below = schemasAt(schema, at, value).flatMap((one) => pathsTo(key, one, depth).map((path) => [...at, ...path]));
  const homes = here.length > 0 ? here : below;
  return [...new Map(homes.map((path) => [JSON.stringify(path), path])).values()];
}

function placeText(path: Path): string {
  return path.length === 0 ? 'the top level' : pathText(path);
}
