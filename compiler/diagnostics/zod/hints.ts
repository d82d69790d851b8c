import { z } from 'zod';
import type { Path } from '../finding.ts';
import { valueAt } from '../value-at.ts';
import type { Subject } from './complaint.ts';
import { fieldsAt, wholeSchemasAt, within } from './walk.ts';

type Meta = Readonly<Partial<z.core.GlobalMeta>>;
type Bound = z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall;

/** What to write at `path`: as the example of its schema, or else as its fields or its description say. */
export function exampleHint(subject: Subject, path: Path, key = false): string {
  const typed = valueAt(subject.value, path);
  if (typeof typed === 'string' && /^[“”„‟«»‘’‚].*[“”„‟«»‘’‚]$/u.test(typed))
    return `the quotes around it are typographic, so that they are part of the text: write "${typed.slice(1, -1)}"`;
  const schemas = wholeSchemasAt(subject.schema, path, subject.value, key).flatMap(within);
  const told = schemas.map((schema): Meta => z.globalRegistry.get(schema) ?? {});
  const example = told.flatMap(({ examples }) => (Array.isArray(examples) ? (examples as unknown[]) : []))[0];
  if (example !== undefined) return `write it like ${written(example)}`;
  const fields = key ? [] : fieldsAt(subject.schema, path, subject.value);
  if (fields.length > 0) return `known here: ${fields.join(', ')}`;
  const description = told.flatMap((one) => one.description ?? [])[0];
  return description === undefined ? 'docs/reference.md says what can stand here' : `expected here: ${description}`;
}

/** As it stands in YAML: a string that reads as a number is one with quotes only. */
function written(example: unknown): string {
  return typeof example === 'string' && !/^[-+.\d][\d._]*$/.test(example) ? example : JSON.stringify(example);
}

/** What brings a length or a number back within its bound. */
export function boundHint(issue: Bound): string {
  const small = issue.code === 'too_small';
  const bound = small ? issue.minimum : issue.maximum;
  switch (issue.origin) {
    case 'string':
      if (small && Number(bound) === 1) return 'write a text';
      return small ? `write at least ${bound} characters` : `shorten it to ${bound} characters`;
    case 'array':
    case 'set':
    case 'record':
      if (small) return `list at least ${bound}`;
      return `keep at most ${bound}`;
    default:
      if (issue.inclusive === false) return `write a number ${small ? 'above' : 'below'} ${bound}`;
      return small ? `write ${bound} or more` : `write ${bound} or less`;
  }
}
