import type { z } from 'zod';
import type { Path, Report } from '../finding.ts';
import { pathText } from './words.ts';

type Schema = z.core.$ZodType;

/** What was checked: the value of a file (or a part of it, at `at`) and the schema that it was checked against. */
export interface Subject {
  readonly file: string;
  readonly value: unknown;
  readonly schema: Schema;
  /** Where `value` stands in the file; default: the root. */
  readonly at?: Path;
  /** The text of the value at a path of the file, so that a hint can repeat `250.00` where the value is only 250. */
  readonly textOf?: (path: Path) => string | undefined;
  /** Inside the branch of a union: the whole that was checked, where a misplaced field may belong. */
  readonly whole?: Pick<Subject, 'value' | 'schema'>;
}

/** One thing that is wrong: the report, and what `repair` does about it where that can be told. */
export interface Complaint {
  readonly report: Report;
  /** How far the value is from what was meant, to choose between the branches of a union. */
  readonly weight: number;
  readonly edit?: Edit;
}

export type Edit = KeyEdit | ValueEdit;

/** The field `key` of the mapping at `path` (from the subject's value) gets the name `to`, or goes. */
export interface KeyEdit {
  readonly path: Path;
  readonly key: string;
  readonly to?: string;
}

/** What stands at `path` becomes `value`: 250.00 that is meant as text, for one. */
export interface ValueEdit {
  readonly path: Path;
  readonly value: unknown;
}

export function isKeyEdit(edit: Edit): edit is KeyEdit {
  return 'key' in edit;
}

/** An issue whose path starts at the subject's value. */
export interface PlacedIssue {
  readonly issue: z.core.$ZodIssue;
  readonly path: Path;
}

export function originOf(subject: Subject, path: Path, key = false): Report['at'] {
  const full = [...(subject.at ?? []), ...path];
  return key ? { file: subject.file, path: full, key } : { file: subject.file, path: full };
}

/** `spec.clients[0]`, from the root of the file. */
export function nameOf(subject: Subject, path: Path): string {
  return pathText([...(subject.at ?? []), ...path]);
}

/** YAML keys and indexes; zod's symbols cannot come from a file. */
export function pathOf(path: readonly PropertyKey[]): Path {
  return path.filter((step) => typeof step !== 'symbol');
}

export function invalid(subject: Subject, path: Path, message: string, hint: string, key = false): Complaint {
  return { report: { code: 'schema/invalid-value', message, at: originOf(subject, path, key), hint }, weight: 1 };
}
