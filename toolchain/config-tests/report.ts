import type { Coverage } from './coverage.ts';
import type { Result, Status } from './runner.ts';

/** What a run of the config tests has to say. */
export interface Report {
  readonly results: readonly Result[];
  /** undefined: not asked for. */
  readonly coverage: readonly Coverage[] | undefined;
}

export type Role = 'passed' | 'failed' | 'not-run' | 'place';

export interface RenderContext {
  readonly style: (text: string, role: Role) => string;
}

export type Renderer = (report: Report, context: RenderContext) => string;

export const failures: ReadonlySet<Status> = new Set(['failed', 'disagreement', 'invalid']);

export function hasFailures({ results }: Report): boolean {
  return results.some(({ status }) => failures.has(status));
}
