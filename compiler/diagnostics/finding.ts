import type { Code } from './codes.ts';
import type { Severity } from './severity.ts';

export { type Severity, severities } from './severity.ts';

/** Keys and indexes from the root of a file's value. */
export type Path = readonly (string | number)[];

/**
 * Where something was said: a value (or, with `key`, the key that names it) in a file. Cheap to carry around; lines and
 * columns are looked up only where a finding, an explanation or the source map needs them.
 */
export interface Origin {
  readonly file: string;
  readonly path: Path;
  readonly key?: boolean;
}

/** 1-based; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Place {
  readonly file: string;
  readonly range: Range;
  readonly path?: Path;
}

export interface RelatedPlace {
  readonly message: string;
  readonly place: Place;
}

export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  /** What is wrong and why, one sentence, no position. */
  readonly message: string;
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  /** How to fix it. */
  readonly hint?: string;
  readonly fix?: PlacedFix;
}

/**
 * The change that mends a finding and can mean nothing else: `text` takes the place of the value, or with `key` of the
 * key, exactly as it stands in the file. Only where no person would choose otherwise: `validate --fix` applies it.
 */
export interface Fix {
  readonly at: Origin;
  readonly text: string;
}

export interface PlacedFix {
  readonly place: Place;
  readonly text: string;
}

/** What a check says: the engine adds severity and positions. */
export interface Report {
  readonly code: Code;
  readonly message: string;
  readonly at: Origin;
  readonly hint?: string;
  readonly fix?: Fix;
  readonly related?: readonly { readonly message: string; readonly at: Origin }[];
}

/** What the reader says, who knows the range already: the engine adds the severity. */
export interface RawFinding {
  readonly code: Code;
  readonly message: string;
  readonly place: Place;
  readonly hint?: string;
  readonly fix?: PlacedFix;
  readonly related?: readonly RelatedPlace[];
}

/** What the engine needs of a parsed file. */
export interface Locator {
  locate(path: Path, key?: boolean): Range;
}
