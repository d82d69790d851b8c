import type { z } from 'zod';
import { isExact } from '../exact.ts';
import type { Path } from '../finding.ts';
import { valueAt } from '../value-at.ts';
import { type Complaint, isKeyEdit, type PlacedIssue, pathOf, type Subject } from './complaint.ts';
import { fieldComplaints, isMissing } from './fields.ts';
import { notAllowed, valueComplaint, wrongType } from './values.ts';
import { optionsAt } from './walk.ts';

type Issue = z.core.$ZodIssue;

/** All that zod's issues say about a value, unknown and missing fields of one mapping put together. */
export function complaintsOf(issues: readonly Issue[], subject: Subject): Complaint[] {
  const placed = issues.map((issue) => ({ issue, path: pathOf(issue.path) }));
  const fields = new Map<string, FieldGroup>();
  const complaints: IssueComplaint[] = [];
  for (const one of placed) {
    if (one.issue.code === 'unrecognized_keys') groupAt(fields, one.path).unknown.push(...one.issue.keys);
    else if (isMissing(one, subject)) groupAt(fields, one.path.slice(0, -1)).missing.push(String(one.path.at(-1)));
    else complaints.push(...valueComplaints(one, subject).map((complaint) => ({ ...complaint, issue: one })));
  }
  const aboutFields = [...fields.values()].flatMap(({ path, unknown, missing }) =>
    fieldComplaints(subject, path, unknown, missing),
  );
  return [...aboutFields, ...withoutConsequences(complaints, aboutFields)];
}

interface IssueComplaint extends Complaint {
  readonly issue: PlacedIssue;
}

/**
 * A schema's own rule about a mapping ("exactly one of single and fallback") says nothing new while one of its fields is
 * misspelt, nor one about a value that has the wrong form anyway; if it still holds after `repair`, the second parse says
 * so.
 */
function withoutConsequences(complaints: readonly IssueComplaint[], aboutFields: readonly Complaint[]): Complaint[] {
  const misspelt = aboutFields.flatMap(({ edit }) =>
    edit !== undefined && isKeyEdit(edit) && edit.to !== undefined ? [edit.path] : [],
  );
  const malformed = complaints.flatMap(({ issue: { issue, path } }) => (issue.code === 'custom' ? [] : [path]));
  const causes = new Set([...misspelt, ...malformed].map((path) => JSON.stringify(path)));
  return complaints.filter(({ issue }) => issue.issue.code !== 'custom' || !causes.has(JSON.stringify(issue.path)));
}

interface FieldGroup {
  readonly path: Path;
  readonly unknown: string[];
  readonly missing: string[];
}

function groupAt(groups: Map<string, FieldGroup>, path: Path): FieldGroup {
  const id = JSON.stringify(path);
  const group = groups.get(id) ?? { path, unknown: [], missing: [] };
  groups.set(id, group);
  return group;
}

function valueComplaints(placed: PlacedIssue, subject: Subject): Complaint[] {
  const value = valueAt(subject.value, placed.path);
  // The reader of YAML has refused this number already.
  if (typeof value === 'number' && !isExact(value)) return [];
  if (placed.issue.code !== 'invalid_union') return [valueComplaint(placed, subject)];
  return unionComplaints(placed.issue, placed.path, subject);
}

/** Of a union, only what is wrong with the branch that fits best: nobody meant all of them. */
function unionComplaints(issue: z.core.$ZodIssueInvalidUnion, path: Path, subject: Subject): Complaint[] {
  const value = valueAt(subject.value, path);
  if (issue.errors.length === 0) {
    const allowed = 'options' in issue ? issue.options : undefined;
    if (allowed !== undefined) return [notAllowed(subject, path, value, allowed)];
    return [valueComplaint({ issue: { ...issue, code: 'custom' }, path }, subject)];
  }
  const atRoot = issue.errors.flatMap((branch) => branch.filter((one) => one.path.length === 0));
  const plain = plainComplaint(issue, atRoot, path, value, subject);
  if (plain !== undefined) return [plain];
  const options = optionsAt(subject.schema, path, subject.value, issue.errors.length);
  const branches = issue.errors.map((errors, index) => branchComplaints(errors, path, options[index], subject));
  return branches.reduce((best, branch) => (weigh(branch) < weigh(best) ? branch : best));
}

/** No branch takes this kind of value at all: say what all of them take. */
function plainComplaint(
  union: z.core.$ZodIssueInvalidUnion,
  atRoot: readonly Issue[],
  path: Path,
  value: unknown,
  subject: Subject,
): Complaint | undefined {
  const hopeless = union.errors.every((branch) =>
    branch.some(({ code, path: at }) => at.length === 0 && (code === 'invalid_type' || code === 'invalid_value')),
  );
  if (!hopeless) return undefined;
  const values = atRoot.flatMap((one) => (one.code === 'invalid_value' ? one.values : []));
  const types = atRoot.flatMap((one) => (one.code === 'invalid_type' ? [one.expected] : []));
  const sameType = values.some((one) => typeof one === typeof value);
  if (sameType || types.length === 0) return notAllowed(subject, path, value, values, types);
  return wrongType(subject, path, value, [...values.map((one) => JSON.stringify(one)), ...types]);
}

function branchComplaints(
  errors: readonly Issue[],
  path: Path,
  option: z.core.$ZodType | undefined,
  subject: Subject,
): Complaint[] {
  const inner: Subject = {
    ...subject,
    value: valueAt(subject.value, path),
    schema: option ?? subject.schema,
    at: [...(subject.at ?? []), ...path],
    whole: subject.whole ?? subject,
  };
  return complaintsOf(errors, inner).map((complaint) => ({
    ...complaint,
    ...(complaint.edit === undefined ? {} : { edit: { ...complaint.edit, path: [...path, ...complaint.edit.path] } }),
  }));
}

function weigh(complaints: readonly Complaint[]): number {
  return complaints.reduce((sum, { weight }) => sum + weight, 0);
}
