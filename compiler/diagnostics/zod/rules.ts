import type { Path } from '../finding.ts';
import { childOf, valueAt } from '../value-at.ts';
import { type Complaint, invalid, type Subject } from './complaint.ts';
import { fieldsAt } from './walk.ts';
import { both, describe, either, quote } from './words.ts';

/** Rules that a schema says about a whole, where the one entry that breaks them can be shown. */
export function ruleComplaint(subject: Subject, path: Path, message: string): Complaint | undefined {
  const value = valueAt(subject.value, path);
  if (Array.isArray(value)) return repeatedItem(subject, path, value, message);
  return /\bexactly one of\b/.test(message) ? oneOf(subject, path, message) : undefined;
}

function repeatedItem(subject: Subject, path: Path, items: readonly unknown[], message: string): Complaint | undefined {
  const again = items.findIndex((item, index) => items.indexOf(item) < index);
  if (again === -1 || !message.endsWith('listed twice')) return undefined;
  const item = items[again];
  const said = typeof item === 'string' ? quote(item) : describe(item);
  return invalid(subject, [...path, again], `${message}: ${said}`, 'delete one of the two');
}

function oneOf(subject: Subject, path: Path, message: string): Complaint {
  const value = valueAt(subject.value, path);
  const named = message.slice(message.indexOf('exactly one of')).split(/[^A-Za-z]+/);
  const choices = fieldsAt(subject.schema, path, subject.value).filter((field) => named.includes(field));
  const present = choices.filter((field) => childOf(value, field) !== undefined);
  const second = present[1];
  if (second === undefined) return invalid(subject, path, message, `add ${either(choices)}`);
  return invalid(subject, [...path, second], `${message}, here are ${both(present)}`, `keep one of them`, true);
}
