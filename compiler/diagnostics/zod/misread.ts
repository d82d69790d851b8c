import { closeOnes, plain } from '../suggest.ts';
import { both, either } from './words.ts';

/** What to type instead of a value that YAML read otherwise than its author meant it. */
export interface Repair {
  readonly hint: string;
  /** How the value is written then; what stands there becomes `becomes`. Absent where a person has to look. */
  readonly text: string;
  readonly becomes?: string | number | boolean;
}

/** What is wanted in the place of a value. */
export interface Wanted {
  /** zod's names of types. */
  readonly expected: readonly string[];
  /** The value as it stands in the file. */
  readonly text: string;
  readonly accepts: (value: unknown) => boolean;
  /** The whole field may go. */
  readonly optional: boolean;
  /** Of a mapping: its fields that must be there. */
  readonly required: readonly string[];
}

export function repairOf(value: unknown, wanted: Wanted): Repair | undefined {
  const { expected, text, accepts } = wanted;
  const wants = (...types: string[]): boolean => types.some((type) => expected.includes(type));
  if (value === null) return hintOnly(emptyHint(wanted, wants('object', 'record')));
  if (wants('string') && (typeof value === 'number' || typeof value === 'boolean')) {
    return quoted(text, String(value), accepts);
  }
  if (wants('string') && Array.isArray(value)) return bare(value, accepts);
  if (wants('boolean') && typeof value === 'string') return truth(value, text);
  if (wants('number', 'int') && typeof value === 'string') return number(value);
  if (wants('array')) return list(value, text, accepts);
  return wants('object', 'record') ? hintOnly(mappingHint(value, wanted)) : undefined;
}

function emptyHint({ optional, required }: Wanted, mapping: boolean): string {
  const write = mapping
    ? `write its fields below it, indented${required.length === 0 ? '' : `: ${both(required)}`}`
    : 'write a value after the ":"';
  return optional ? `${write}, or delete the line` : write;
}

function mappingHint(value: unknown, { expected, required }: Wanted): string {
  const words = expected.filter((type) => type.startsWith('"'));
  const mapping = required.length === 0 ? 'lines of the form "name: value"' : `a mapping of ${both(required)}`;
  const fields = either([...words, mapping]);
  return Array.isArray(value) ? `write ${fields}, without "-" and [ ]` : `write ${fields}`;
}

/** A list with one item where the item alone is meant. */
function bare(value: readonly unknown[], accepts: Wanted['accepts']): Repair | undefined {
  const [item] = value;
  return value.length === 1 && accepts(item)
    ? hintOnly(`write ${String(item)}, without the list around it`)
    : undefined;
}

/**
 * The word that `word` is in another case or with other separators, such as `Reject` for `reject`. With `misspelt` also
 * one with wrong letters, but never one with other digits: `gatewright/v2` would be something else.
 */
export function sameWord(word: string, words: readonly string[], misspelt = false): string | undefined {
  const digits = (one: string): string => one.replace(/\D/g, '');
  const same = misspelt
    ? closeOnes(word, words).filter((one) => digits(one) === digits(word))
    : words.filter((one) => plain(one) === plain(word));
  return same.length === 1 ? same[0] : undefined;
}

function hintOnly(hint: string): Repair {
  return { hint, text: '' };
}

function quoted(text: string, value: string, accepts: (value: unknown) => boolean): Repair {
  // A duration without its unit: quotes would not make it one.
  if (!accepts(text) && accepts(`${text}s`)) return hintOnly(`write ${text}s`);
  // `1e3` or `0x10`: whether the number is what was meant, a person decides.
  if (!accepts(text) && accepts(value)) return hintOnly(`write "${value}": ${text} is a number, and here stands text`);
  return { hint: `quote it: "${text}"`, text: `"${text}"`, becomes: text };
}

/** YAML 1.1 knew more words for true and false than 1.2, in which they are strings. */
function truth(value: string, text: string): Repair | undefined {
  const meant = /^(?:yes|on|true|y)$/i.test(value);
  if (!/^(?:yes|no|on|off|true|false|y|n)$/i.test(value)) return undefined;
  const hint = text === value ? `write ${meant}: in YAML 1.2 ${value} is text` : `write ${meant}, without quotes`;
  return value.length === 1 ? hintOnly(hint) : { hint, text: String(meant), becomes: meant };
}

function number(value: string): Repair {
  const digits = value.replace(/[_ ',]/g, '').replace(/^(-?)0+(?=\d)/, '$1');
  if (!/^-?\d+(?:\.\d+)?$/.test(digits)) return hintOnly('write a number, in digits and without a unit');
  const hint = `write ${digits}, without quotes and separators`;
  // A leading zero may be octal, a comma may be decimal: a person decides.
  const certain = /^(?:0|-?[1-9]\d*(?:\.\d+)?|-?[1-9]\d{0,2}(?:_\d{3})+)$/.test(value);
  return certain ? { hint, text: digits, becomes: Number(digits) } : hintOnly(hint);
}

function list(value: unknown, text: string, accepts: Wanted['accepts']): Repair | undefined {
  if (typeof value === 'string' || typeof value === 'number') return hintOnly(`write a list: [${text}]`);
  if (!accepts([value])) return hintOnly('write a list of such entries');
  return hintOnly(
    text.startsWith('{') ? 'write a list: put [ ] around it' : 'write a list: put "- " before it, and indent the rest',
  );
}
