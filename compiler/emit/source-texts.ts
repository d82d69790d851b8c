import type { SourcePlaces } from '../../contract/artifacts/manifest.ts';
import type { Json } from '../../contract/canonical.ts';
import type { Origin, Position } from '../diagnostics/finding.ts';
import type { Source } from './emitted.ts';

/** A value of an artifact, and what is below it. */
interface Branch {
  origin: Origin | undefined;
  below: Map<string | number, Branch> | undefined;
}

/** Writes the places of sources. A place that the one above says already is not written. */
export class SourceTexts {
  /** What stands for a list: its keys are in the order of the list. */
  readonly indexed = new Set<Json>();
  readonly #locate: (origin: Origin) => Position;

  constructor(locate: (origin: Origin) => Position) {
    this.#locate = locate;
  }

  of(sources: readonly Source[]): SourcePlaces {
    return this.#written(treeOf(sources), '', '') ?? {};
  }

  #written({ origin, below }: Branch, fileAbove: string, positionAbove: string): SourcePlaces | undefined {
    const file = origin?.file ?? fileAbove;
    const position = origin === undefined ? positionAbove : this.#position(origin);
    const isSame = file === fileAbove && position === positionAbove;
    const own = isSame ? undefined : file === fileAbove ? position : `${file}:${position}`;
    if (below === undefined) return own;
    const entries: [string | number, SourcePlaces][] = own === undefined ? [] : [['', own]];
    for (const [key, branch] of below) {
      const written = this.#written(branch, file, position);
      if (written !== undefined) entries.push([key, written]);
    }
    const last = entries.at(-1)?.[0] ?? '';
    if (last === '') return own;
    const places: SourcePlaces = Object.fromEntries(entries);
    if (typeof last === 'number') this.indexed.add(places);
    return places;
  }

  #position(origin: Origin): string {
    const { line, column } = this.#locate(origin);
    return `${line}:${column}`;
  }
}

/** Of two sources of one value the last one counts. */
function treeOf(sources: readonly Source[]): Branch {
  const root: Branch = { origin: undefined, below: undefined };
  for (const { path, origin } of sources) {
    let branch = root;
    for (const key of path) branch = childOf(branch, key);
    branch.origin = origin;
  }
  return root;
}

function childOf(branch: Branch, key: string | number): Branch {
  branch.below ??= new Map();
  const known = branch.below.get(key);
  if (known !== undefined) return known;
  const child: Branch = { origin: undefined, below: undefined };
  branch.below.set(key, child);
  return child;
}
