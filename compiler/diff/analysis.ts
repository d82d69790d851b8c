import type { Model } from '../resolve/model.ts';
import type { Resources } from '../resolve/resources.ts';
import type { SourceDocument } from '../source/document.ts';
import type { Table } from '../table/table.ts';

/** What the pipeline knows of an environment: the part that a diff reads. */
export interface AnalysedEnvironment {
  readonly model: Model;
  readonly table: Table;
}

/** What the pipeline knows of a tree; `analyse` returns it. Stated here, because a stage does not look up to the pipeline. */
export interface Analysis {
  readonly resources: Resources;
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly environments: readonly AnalysedEnvironment[];
}
