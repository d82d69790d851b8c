import type { DecisionTable } from '../../contract/artifacts/decision-table.ts';
import type { Origin, Report } from '../diagnostics/finding.ts';

/** The decision table of one environment and where its parts come from. */
export interface Table {
  readonly data: DecisionTable;
  readonly origins: {
    readonly rules: ReadonlyMap<string, Origin>;
    readonly classes: ReadonlyMap<string, Origin>;
  };
  readonly reports: readonly Report[];
}
