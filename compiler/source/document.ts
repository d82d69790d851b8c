import type { Locator, Path, Range } from '../diagnostics/finding.ts';

/** One parsed YAML file. `value` holds what could be read, also where the file has errors. */
export interface SourceDocument extends Locator {
  readonly file: string;
  readonly text: string;
  /** Plain data: objects without prototype surprises, arrays, strings, numbers, booleans, null. `undefined`: nothing usable. */
  readonly value: unknown;
  /** False where errors or limits cost a part of `value`: then nothing may be concluded from what is absent. */
  readonly complete: boolean;
  /**
   * Range of the value at `path`, or of its key. A missing path answers with the key of its nearest existing ancestor,
   * or with its value where it has no key (an item of a list, the root).
   */
  locate(path: Path, key?: boolean): Range;
  /** The text of the value at `path`, or of its key, as it is written; `undefined` where there is none. */
  readonly textOf: (path: Path, key?: boolean) => string | undefined;
}
