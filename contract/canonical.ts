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
  return (Object.keys(record) as K[]).sort(byCodeUnit);
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
  if (value === null || typeof value !== 'object') return scalar(value);
  const inner = newline + layout.indent;
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => inner + write(item, inner, layout));
    return items.length === 0 ? '[]' : `[${items.join(',')}${newline}]`;
  }
  const object = value as JsonObject;
  const keys = layout.inOrder.has(value) ? Object.keys(object) : sortedKeys(object);
  const members = keys.map((key) => `${inner}${scalar(key)}: ${write(object[key] as Json, inner, layout)}`);
  return members.length === 0 ? '{}' : `{${members.join(',')}${newline}}`;
}

/**
 * agentgateway reads JSON as YAML 1.1, which refuses some characters that JSON leaves as they are, and folds others as
 * line breaks. An escape means the same to both.
 */
function scalar(value: null | boolean | number | string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hex digits. */
export function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
