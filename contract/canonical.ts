import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Orders strings by UTF-16 code unit: the one order of every artifact, independent of locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Own keys of a record in the order of artifacts. */
export function sortedKeys<K extends string>(record: Readonly<Partial<Record<K, unknown>>>): K[] {
  const keys = Object.keys(record) as K[];
  // The order of sort() itself is the one of byCodeUnit.
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key) ? keys : keys.sort();
}

/**
 * Artifact text: sorted keys, one line for each value, one newline at the end. Equal values have equal bytes.
 * `evaluatedInOrder` holds the objects whose reader evaluates them from top to bottom: those keep the order they were
 * built in; `indent` stands before a value for each level. (JSON.stringify alone would not do: a JavaScript object
 * yields keys that look like integers first.)
 */
export function canonicalText(value: Json, evaluatedInOrder: ReadonlySet<Json> = new Set(), indent = '  '): string {
  return `${write(value, '\n', { inOrder: evaluatedInOrder, indent })}\n`;
}

interface Layout {
  readonly inOrder: ReadonlySet<Json>;
  readonly indent: string;
}

function write(value: Json, newline: string, layout: Layout): string {
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return Array.isArray(value)
    ? writeList(value as readonly Json[], newline, layout)
    : writeObject(value as JsonObject, newline, layout);
}

function writeList(list: readonly Json[], newline: string, layout: Layout): string {
  if (list.length === 0) return '[]';
  const inner = newline + layout.indent;
  let written = '[';
  for (const item of list) written += (written === '[' ? inner : `,${inner}`) + write(item, inner, layout);
  return `${written}${newline}]`;
}

function writeObject(object: JsonObject, newline: string, layout: Layout): string {
  const keys = layout.inOrder.has(object) ? Object.keys(object) : sortedKeys(object);
  if (keys.length === 0) return '{}';
  const inner = newline + layout.indent;
  let written = '{';
  for (const key of keys) {
    written += `${written === '{' ? inner : `,${inner}`}${text(key)}: ${write(object[key] as Json, inner, layout)}`;
  }
  return `${written}${newline}}`;
}

/** What stands between quotes as it is. */
const plain = /^[ !#-[\]-~]*$/;

/**
 * agentgateway reads JSON as YAML 1.1, which refuses some characters that JSON leaves as they are, and folds others as
 * line breaks. An escape means the same to both.
 */
function text(value: string): string {
  if (plain.test(value)) return `"${value}"`;
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hex digits. */
export function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
