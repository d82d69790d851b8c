import type { z } from 'zod';
import { isCode } from '../codes.ts';
import type { Path } from '../finding.ts';
import { closest } from '../suggest.ts';
import { valueAt } from '../value-at.ts';
import { type Complaint, invalid, nameOf, originOf, type PlacedIssue, type Subject } from './complaint.ts';
import { fits, valueFix } from './fix.ts';
import { boundHint, exampleHint } from './hints.ts';
import { repairOf, sameWord } from './misread.ts';
import { ruleComplaint } from './rules.ts';
import { mayBeAbsent, requiredFields, schemasAt } from './walk.ts';
import { choice, describe, either, nounOf, quote } from './words.ts';

type Issue = z.core.$ZodIssue;

/** The complaint about a value that is there but wrong. */
export function valueComplaint(placed: PlacedIssue, subject: Subject): Complaint {
  const { issue, path } = placed;
  const value = valueAt(subject.value, path);
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(subject, path, value, [issue.expected]);
    case 'invalid_value':
      return notAllowed(subject, path, value, issue.values);
    case 'invalid_key':
      return invalid(
        subject,
        path,
        named(`the key ${quote(String(path.at(-1)))}`, ownMessage(issue.issues[0] ?? issue)),
        exampleHint(subject, path, true),
        true,
      );
    case 'too_small':
    case 'too_big':
      return invalid(subject, path, boundText(quote(nameOf(subject, path)), issue, value), boundHint(issue));
    case 'custom':
      return custom(subject, path, issue);
    default:
      return invalid(
        subject,
        path,
        `${named(quote(nameOf(subject, path)), ownMessage(issue))}, got ${describe(value)}`,
        exampleHint(subject, path),
      );
  }
}

export function wrongType(subject: Subject, path: Path, value: unknown, expected: readonly string[]): Complaint {
  const wanted = [...new Set(expected.map(nounOf))].join(' or ');
  const text = subject.textOf?.([...(subject.at ?? []), ...path]) ?? String(value);
  const repair = repairOf(value, {
    expected,
    text,
    accepts: (one) => fits(subject, path, one),
    optional: mayBeAbsent(subject.schema, path, subject.value),
    required: schemasAt(subject.schema, path, subject.value).flatMap(requiredFields),
  });
  const fix = repair?.becomes === undefined ? undefined : valueFix(subject, path, repair.text, repair.becomes);
  return {
    report: {
      code: 'schema/wrong-type',
      message: `${quote(nameOf(subject, path))} expects ${wanted}, got ${describe(value)}`,
      at: originOf(subject, path),
      hint: repair?.hint ?? `write ${wanted} here`,
      ...(fix === undefined ? {} : { fix }),
    },
    weight: path.length === 0 ? 100 : 2,
    ...valueEdit(subject, path, repair?.becomes),
  };
}

/** So that the rest of the file is checked in the same run. */
function valueEdit(subject: Subject, path: Path, value: unknown): Pick<Complaint, 'edit'> {
  return value !== undefined && fits(subject, path, value) ? { edit: { path, value } } : {};
}

export function notAllowed(
  subject: Subject,
  path: Path,
  value: unknown,
  values: readonly z.core.util.Primitive[],
  types: readonly string[] = [],
): Complaint {
  const words = values.filter((one) => typeof one === 'string');
  const meant = typeof value === 'string' ? closest(value, words) : undefined;
  const rule = values.length === 1 ? 'must be' : 'must be one of';
  const allowed = either([...values.map((one) => choice([one])), ...types.map(nounOf)]);
  const spelt = typeof value === 'string' ? sameWord(value, words, path.at(-1) === 'apiVersion') : undefined;
  const fix = spelt === undefined ? undefined : valueFix(subject, path, spelt, spelt);
  return {
    report: {
      code: 'schema/invalid-value',
      message: `${quote(nameOf(subject, path))} ${rule} ${allowed}, got ${describe(value)}`,
      at: originOf(subject, path),
      hint: meant === undefined ? `write ${allowed}` : `did you mean ${quote(meant)}?`,
      ...(fix === undefined ? {} : { fix }),
    },
    weight: path.length === 0 ? 10 : 2,
    ...valueEdit(subject, path, spelt),
  };
}

/** A schema's own rule: its message stands as it is; `params` may carry a hint and a code of its own. */
function custom(subject: Subject, path: Path, issue: z.core.$ZodIssueCustom): Complaint {
  const hint: unknown = issue.params?.['hint'];
  const code: unknown = issue.params?.['code'];
  const told = typeof hint === 'string' ? hint : exampleHint(subject, path);
  const complaint = ruleComplaint(subject, path, issue.message) ?? invalid(subject, path, issue.message, told);
  if (typeof code !== 'string' || !isCode(code)) return complaint;
  return { ...complaint, report: { ...complaint.report, code } };
}

/** zod's default messages begin with a capital letter and "Invalid"; ours, written in a schema, are kept. */
function ownMessage(issue: Issue): string {
  if (issue.code === 'invalid_format' && issue.message.startsWith('Invalid')) {
    return issue.format === 'regex'
      ? `must match ${issue.pattern ?? 'its pattern'}`
      : `must be a valid ${issue.format}`;
  }
  if (issue.code === 'invalid_value') return `must be one of ${choice(issue.values)}`;
  if (issue.code === 'not_multiple_of') return `must be a multiple of ${issue.divisor}`;
  return issue.message;
}

/** `"name" must be …`; a sentence with a subject of its own stands behind a colon. */
function named(name: string, message: string): string {
  return message.startsWith('must') ? `${name} ${message}` : `${name}: ${message}`;
}

type Bound = z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall;

const units: Readonly<Record<string, string>> = { string: 'character', array: 'entry', set: 'entry', record: 'entry' };

function boundText(name: string, issue: Bound, value: unknown): string {
  if (!/^Too (?:small|big)/.test(issue.message)) return named(name, issue.message);
  const small = issue.code === 'too_small';
  const bound = small ? issue.minimum : issue.maximum;
  const unit = units[issue.origin];
  const limit = issue.exact === true ? 'exactly' : small ? 'at least' : 'at most';
  if (unit !== undefined) return `${name} must have ${limit} ${plural(bound, unit)}, it has ${sizeOf(value)}`;
  const strict = small ? 'more than' : 'less than';
  return `${name} must be ${issue.inclusive === false ? strict : limit} ${bound}, it is ${String(value)}`;
}

function plural(count: number | bigint, unit: string): string {
  if (Number(count) === 1) return `${count} ${unit}`;
  return `${count} ${unit === 'entry' ? 'entries' : `${unit}s`}`;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}
