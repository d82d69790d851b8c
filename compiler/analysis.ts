import type { Use } from './capacity/use.ts';
import type { Finding } from './diagnostics/finding.ts';
import type { Model } from './resolve/model.ts';
import type { Resources } from './resolve/resources.ts';
import type { SourceDocument } from './source/document.ts';
import type { Table } from './table/table.ts';

/** Everything known about a tree on one day, whether it is right or not: what the pipeline hands to those who read it. */
export interface Analysis {
  /** YYYY-MM-DD */
  readonly date: string;
  readonly resources: Resources;
  /** Those that could be read, by path. */
  readonly documents: ReadonlyMap<string, SourceDocument>;
  /** In order of name. */
  readonly environments: readonly AnalysedEnvironment[];
  readonly findings: readonly Finding[];
}

export interface AnalysedEnvironment {
  readonly model: Model;
  readonly table: Table;
  /** What it takes of what AWS and the gateway allow. */
  readonly capacity: readonly Use[];
}
