import type { Report } from '../diagnostics/finding.ts';
import type { Model } from '../resolve/model.ts';
import type { Resources } from '../resolve/resources.ts';
import type { SourceDocument } from '../source/document.ts';
import type { Table } from '../table/table.ts';

/** What a check over the whole tree sees. */
export interface TreeContext {
  readonly resources: Resources;
  readonly documents: readonly SourceDocument[];
}

/** What a check of one environment sees. */
export interface EnvironmentContext {
  readonly model: Model;
  readonly table: Table;
}

/** A check reports what breaks one law. It never fixes, never prints and sees nothing but its context. */
export type TreeCheck = (context: TreeContext) => Iterable<Report>;
export type EnvironmentCheck = (context: EnvironmentContext) => Iterable<Report>;
