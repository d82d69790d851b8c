import { z } from 'zod';
import type { Path } from '../finding.ts';
import { closeOnes, closest } from '../suggest.ts';
import { childOf, valueAt } from '../value-at.ts';
import { placeOf } from './belonging.ts';
import { type Complaint, nameOf, originOf, type PlacedIssue, type Subject } from './complaint.ts';
import { keyFix } from './fix.ts';
import { fieldsAt, requiredFields, schemasAt } from './walk.ts';
import { both, choice, either, nounOf, quote } from './words.ts';

const longestFieldList = 12;

/**
 * Complaints about the fields of one mapping. A field that was most likely meant to be a missing one is a single
 * complaint: `teir` is a misspelt `tier`, not an unknown field and a missing one.
 */
export function fieldComplaints(
  subject: Subject,
  path: Path,
  unknown: readonly string[],
  missing: readonly string[],
): Complaint[] {
  const value = valueAt(subject.value, path);
  const known = fieldsAt(subject.schema, path, subject.value);
  const absent = known.filter((name) => childOf(value, name) === undefined);
  const open = new Set([...missing, ...absent]);
  const complaints = unknown.map((key) => {
    const belongs = placeOf(subject, path, key);
    const meant = belongs === undefined || closeOnes(key, open).length > 0 ? closest(key, open) : undefined;
    if (meant !== undefined) open.delete(meant);
    const hint = meant === undefined ? (belongs ?? `delete it${listOf(known)}`) : `did you mean ${quote(meant)}?`;
    const complaint = unknownField(subject, path, key, meant, hint);
    const rivals = unknown.filter((other) => meant !== undefined && closeOnes(other, [meant]).length > 0);
    const fix = meant === undefined || rivals.length > 1 ? undefined : keyFix(subject, path, key, meant, absent);
    return fix === undefined ? complaint : { ...complaint, report: { ...complaint.report, fix } };
  });
  return [...complaints, ...missing.filter((name) => open.has(name)).map((name) => missingField(subject, path, name))];
}

function listOf(known: readonly string[]): string {
  return known.length > 0 && known.length <= longestFieldList ? `; known here: ${known.join(', ')}` : '';
}

function unknownField(subject: Subject, path: Path, key: string, meant: string | undefined, hint: string): Complaint {
  const where = originOf(subject, path).path.length === 0 ? 'at the top level' : `in ${nameOf(subject, path)}`;
  return {
    report: {
      code: 'schema/unknown-field',
      message: `unknown field ${quote(key)} ${where}: it would have no effect`,
      at: originOf(subject, [...path, key], true),
      hint,
    },
    weight: meant === undefined ? 3 : 1,
    edit: meant === undefined ? { path, key } : { path, key, to: meant },
  };
}

function missingField(subject: Subject, path: Path, name: string): Complaint {
  const where = originOf(subject, path).path.length === 0 ? '' : ` in ${nameOf(subject, path)}`;
  const wanted = wantedAt(subject, [...path, name]);
  return {
    report: {
      code: 'schema/missing-field',
      message: `the required field ${quote(name)} is missing${where}`,
      at: originOf(subject, path, true),
      hint: `add "${name}:"${wanted === '' ? '' : ` with ${wanted}`}${aboutField(subject, [...path, name])}`,
    },
    weight: 2,
  };
}

/** `a string`, `one of "a", "b"`, `a mapping of name and type`: what a schema wants to see, as far as it is said shortly. */
function wantedAt(subject: Subject, path: Path): string {
  const wanted = schemasAt(subject.schema, path, subject.value).flatMap((schema) => {
    const { def, values } = schema._zod;
    if (values !== undefined && values.size > 0 && values.size <= longestFieldList) return [choice([...values])];
    if (def.type === 'custom') return [];
    const noun = nounOf(def.type === 'number' && 'format' in def ? 'int' : def.type);
    const required = requiredFields(schema);
    return [required.length === 0 ? noun : `${noun} of ${both(required)}`];
  });
  return either([...new Set(wanted)]);
}

/** `: name of a RoutingProfile`, where the schema says what a text is for. */
function aboutField(subject: Subject, path: Path): string {
  const [schema, ...others] = schemasAt(subject.schema, path, subject.value);
  const said = schema === undefined || others.length > 0 ? undefined : z.globalRegistry.get(schema)?.description;
  if (said === undefined || schema?._zod.def.type !== 'string') return '';
  return `: ${said.charAt(0).toLowerCase()}${said.slice(1)}`;
}

/** True for an issue that says no more than that a field is not there. */
export function isMissing({ issue, path }: PlacedIssue, subject: Subject): boolean {
  const reasons: readonly string[] = ['invalid_type', 'invalid_value', 'invalid_union'];
  const name = path.at(-1);
  if (typeof name !== 'string' || !reasons.includes(issue.code)) return false;
  const parent = valueAt(subject.value, path.slice(0, -1));
  return typeof parent === 'object' && parent !== null && childOf(parent, name) === undefined;
}
