import { failure } from '../failure.ts';
import { regex } from '../regex.ts';
import { asKey, asString, equal, isList, isMap, typeName, Uint, type Value } from '../value.ts';

/** Methods of a value: the target, then the arguments. Positions count characters, not UTF-16 units. */
export type Method = (target: Value, args: readonly Value[]) => Value;

function ofText(call: (text: string, args: readonly Value[]) => Value): Method {
  return (target, args) => call(asString(target), args);
}

function ofTwo(call: (text: string, other: string) => Value): Method {
  return ofText((text, [other = null]) => call(text, asString(other)));
}

export const textMethods: Readonly<Record<string, Method>> = {
  startsWith: ofTwo((text, prefix) => text.startsWith(prefix)),
  endsWith: ofTwo((text, suffix) => text.endsWith(suffix)),
  contains,
  matches: ofTwo((text, pattern) => regex(pattern).test(text)),
  regexReplace: ofText((text, [pattern = null, replacement = null]) =>
    regex(asString(pattern)).replaceFirst(text, asString(replacement)),
  ),
  split: ofText((text, [separator = null, limit]) => split(text, asString(separator), limit)),
  join,
  lowerAscii: ofText((text) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())),
  upperAscii: ofText((text) => text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())),
  trim: ofText((text) => text.trim()),
  stripPrefix: ofTwo((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  stripSuffix: ofTwo((text, suffix) => (text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text)),
  replace: ofText((text, [from = null, to = null, limit]) => replace(text, asString(from), asString(to), limit)),
  substring: ofText(substring),
  charAt: ofText(charAt),
  indexOf: ofText(indexOf),
};

function contains(target: Value, [other = null]: readonly Value[]): Value {
  if (typeof target === 'string') return typeof other === 'string' && target.includes(other);
  if (isList(target)) return target.some((item) => equal(item, other));
  if (target instanceof Uint8Array)
    return other instanceof Uint8Array && Buffer.from(target).includes(Buffer.from(other));
  const key = asKey(other);
  if (!isMap(target) || key === undefined) throw failure(`a ${typeName(target)} contains nothing`);
  return target.has(key);
}

function split(text: string, separator: string, limit: Value | undefined): Value {
  const parts = separator === '' ? ['', ...Array.from(text), ''] : text.split(separator);
  const most = limit === undefined ? -1 : position(limit, { negative: true });
  if (most < 0 || parts.length <= most) return parts;
  return most === 0 ? [] : [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
}

function join(target: Value, [separator]: readonly Value[]): Value {
  if (!isList(target)) throw failure(`a ${typeName(target)} cannot be joined`);
  return target.map(asString).join(separator === undefined ? '' : asString(separator));
}

function replace(text: string, from: string, to: string, limit: Value | undefined): Value {
  const most = limit === undefined ? -1 : position(limit, { negative: true });
  let left = most < 0 ? Number.POSITIVE_INFINITY : most;
  return text.replaceAll(from, (found) => {
    left -= 1;
    return left >= 0 ? to : found;
  });
}

function substring(text: string, [start = null, end]: readonly Value[]): Value {
  const characters = Array.from(text);
  const from = position(start);
  const to = end === undefined ? characters.length : position(end);
  if (to < from) throw failure('the end is before the start');
  return characters.slice(from, to).join('');
}

function charAt(text: string, [at = null]: readonly Value[]): Value {
  const character = Array.from(text)[position(at)];
  if (character === undefined) throw failure('there is no character at this position');
  return character;
}

function indexOf(text: string, [other = null, from]: readonly Value[]): Value {
  const characters = Array.from(text);
  const start = from === undefined ? 0 : position(from);
  if (start >= characters.length) return -1n;
  const rest = characters.slice(start).join('');
  const found = rest.indexOf(asString(other));
  return found === -1 ? -1n : BigInt(start + Array.from(rest.slice(0, found)).length);
}

function position(value: Value, { negative = false } = {}): number {
  const whole = value instanceof Uint ? value.value : value;
  if (typeof whole !== 'bigint' || (whole < 0n && !negative)) throw failure(`this ${typeName(value)} is no position`);
  return Number(whole);
}
