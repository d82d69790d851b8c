import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

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
 * built in; `indent` stands before a value for each level.
 */
export function canonicalText(value: Json, evaluatedInOrder: ReadonlySet<Json> = new Set(), indent = '  '): string {
  // JSON.stringify is several times faster, but writes no line breaks without an indent.
  const sorted = indent === '' ? undefined : arranged(value, evaluatedInOrder);
  if (sorted !== undefined) return `${escaped(JSON.stringify(sorted, null, indent))}\n`;
  return `${write(value, '\n', { inOrder: evaluatedInOrder, indent })}\n`;
}

/**
 * The value with its keys in order; undefined where an object cannot hold them so: it yields keys that look like
 * integers first.
 */
function arranged(value: Json, inOrder: ReadonlySet<Json>): Json | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return arrangedList(value as readonly Json[], inOrder);
  const object = value as JsonObject;
  const own = Object.keys(object);
  const isSorted = inOrder.has(object) || own.every((key, index) => index === 0 || (own[index - 1] ?? '') < key);
  if (!isSorted && own.some((key) => looksLikeInteger.test(key))) return undefined;
  const keys = isSorted ? own : own.sort();
  let copied: [string, Json][] | undefined = isSorted ? undefined : [];
  for (const [index, key] of keys.entries()) {
    const before = object[key] as Json;
    const item = arranged(before, inOrder);
    if (item === undefined) return undefined;
    if (item !== before) copied ??= keys.slice(0, index).map((each) => [each, object[each] as Json]);
    copied?.push([key, item]);
  }
  return copied === undefined ? object : Object.fromEntries(copied);
}

function arrangedList(list: readonly Json[], inOrder: ReadonlySet<Json>): readonly Json[] | undefined {
  let copied: Json[] | undefined;
  for (const [index, before] of list.entries()) {
    const item = arranged(before, inOrder);
    if (item === undefined) return undefined;
    if (item !== before) copied ??= list.slice(0, index);
    copied?.push(item);
  }
  return copied ?? list;
}

const looksLikeInteger = /^\d+$/;

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

function text(value: string): string {
  return plain.test(value) ? `"${value}"` : escaped(JSON.stringify(value));
}

/**
 * agentgateway reads JSON as YAML 1.1, which refuses some characters that JSON leaves as they are, and folds others as
 * line breaks. An escape means the same to both.
 */
function escaped(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const encoder = new TextEncoder();

/** SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hex digits. */
export function digest(text: string): string {
  return bytesToHex(sha256(encoder.encode(text)));
}
