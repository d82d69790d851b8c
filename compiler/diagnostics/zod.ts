import { z } from 'zod';
import type { Origin, Path, Report } from './finding.ts';
import type { Edit, Subject } from './zod/complaint.ts';
import { complaintsOf } from './zod/complaints.ts';
import { applyEdits, pathBefore } from './zod/repair.ts';

export type { Subject } from './zod/complaint.ts';

/** The issues of a failed `safeParse` as reports in our voice. */
export function schemaReports(issues: readonly z.core.$ZodIssue[], subject: Subject): Report[] {
  return complaintsOf(issues, subject).map(({ report }) => report);
}

/**
 * A copy of `value` in which misspelt fields have their right name, other unknown fields are gone and certain values are
 * what was meant, so that a second parse can check the rest of the resource. `issues` are those of the first parse of `value` by `schema`.
 */
export function repair(value: unknown, issues: readonly z.core.$ZodIssue[], schema: z.core.$ZodType): unknown {
  return applyEdits(value, editsOf(issues, { file: '', value, schema }));
}

export interface Conformed<T> {
  /** What the schema makes of the value, misspelt fields and certain values repaired; absent where more is wrong. */
  readonly data?: T;
  /** Everything that is wrong, also below misspelt fields, in the places of the original. */
  readonly reports: readonly Report[];
}

/** One misspelt field in another needs a round each; deeper than this nobody looks. */
const mostRounds = 5;

/** Checks a value by its schema, repairs what can be guessed, and checks again until nothing new comes to light. */
export function conform<S extends z.ZodType>(schema: S, subject: Omit<Subject, 'schema'>): Conformed<z.output<S>> {
  return conformRounds(schema, { ...subject, schema }, mostRounds);
}

function conformRounds<S extends z.ZodType>(schema: S, subject: Subject, rounds: number): Conformed<z.output<S>> {
  const result = z.safeParse(schema, subject.value);
  if (result.success) return { data: result.data, reports: [] };
  const reports = schemaReports(result.error.issues, subject);
  const edits = editsOf(result.error.issues, subject);
  if (edits.length === 0 || rounds === 0) return { reports };
  const base = subject.at ?? [];
  const before = (path: Path): Path => [...base, ...pathBefore(path.slice(base.length), edits)];
  const textOf = (path: Path): string | undefined => subject.textOf?.(before(path));
  const repaired = { ...subject, value: applyEdits(subject.value, edits), textOf };
  const next = conformRounds(schema, repaired, rounds - 1);
  const moved = next.reports.map((report) => movedBack(report, before));
  return { ...next, reports: withoutRepetitions([...reports, ...moved]) };
}

function movedBack(report: Report, before: (path: Path) => Path): Report {
  const back = (at: Origin): Origin => ({ ...at, path: before(at.path) });
  const { fix } = report;
  return { ...report, at: back(report.at), ...(fix === undefined ? {} : { fix: { ...fix, at: back(fix.at) } }) };
}

function editsOf(issues: readonly z.core.$ZodIssue[], subject: Subject): Edit[] {
  return complaintsOf(issues, subject).flatMap(({ edit }) => edit ?? []);
}

function withoutRepetitions(reports: readonly Report[]): Report[] {
  return [
    ...new Map(reports.map((report) => [JSON.stringify([report.code, report.at, report.message]), report])).values(),
  ];
}
