import type { z } from 'zod';
import type { Path } from '../finding.ts';
import { withoutSecrets } from '../secret.ts';

const longestQuote = 60;

const nouns: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'nothing (null)',
  never: 'nothing here',
};

/** `a string` for zod's `string`. */
export function nounOf(expected: string): string {
  return nouns[expected] ?? expected;
}

/** `the number 5`. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  switch (typeof value) {
    case 'string':
      return `the string ${quote(value)}`;
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return `the boolean ${value}`;
    default:
      return 'a mapping';
  }
}

/** Cut behind the search for secrets: half a secret is not found any more. */
export function quote(secret: string): string {
  const text = withoutSecrets(secret);
  return JSON.stringify(text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text);
}

/** `spec.clients[0].name`; the root of a file is `this file`. */
export function pathText(path: Path): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return text === '' ? 'this file' : text.replace(/^\./, '');
}

/** `"a", "b" or "c"`. */
export function choice(values: readonly z.core.util.Primitive[]): string {
  return either(values.map((value) => (typeof value === 'string' ? quote(value) : String(value))));
}

export function either(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** `a, b and c`. */
export function both(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
