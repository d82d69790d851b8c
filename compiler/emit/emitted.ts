import type { Json } from '../../contract/canonical.ts';
import type { Origin, Path } from '../diagnostics/finding.ts';

/** One artifact's value, and where in the YAML its parts come from. */
export interface Emitted {
  readonly value: Json;
  /** Objects that their reader evaluates from top to bottom: their keys are not sorted. */
  readonly evaluatedInOrder?: ReadonlySet<Json>;
  /** Before a value for each level; two spaces unless the artifact is large and read by machines. */
  readonly indent?: string;
  readonly sources: readonly Source[];
}

/** The value at `path` in the artifact, and all below it that has no source of its own, was decided at `origin`. */
export interface Source {
  readonly path: Path;
  readonly origin: Origin;
}
