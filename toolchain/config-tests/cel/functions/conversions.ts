import { formatDuration, parseDuration } from '../duration.ts';
import { failure } from '../failure.ts';
import { doubleAsText } from '../number-text.ts';
import { signed, unsigned } from '../operators.ts';
import { Duration, isList, isMap, Type, typeName, Uint, type Value } from '../value.ts';

/** Functions of one value, called as `size(x)` or `x.size()`. */
export const conversions: Readonly<Record<string, (value: Value) => Value>> = {
  string,
  int: (value) => signed(whole(value, 'int', /^[+-]?\d+$/)),
  uint: (value) => unsigned(whole(value, 'uint', /^\+?\d+$/)),
  double,
  bytes,
  size,
  type: (value) => new Type(typeName(value)),
  duration,
};

function string(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return doubleAsText(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Uint8Array) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof Type) return value.name;
  throw failure(`a ${typeName(value)} is no string`);
}

function whole(value: Value, type: string, form: RegExp): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof Uint) return value.value;
  if (typeof value === 'number' && Number.isFinite(value)) return BigInt(Math.trunc(value));
  if (typeof value === 'string' && form.test(value)) return BigInt(value.replace('+', ''));
  throw failure(`this ${typeName(value)} is no ${type}`);
}

function double(value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  if (typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value)) return Number(value);
  throw failure(`this ${typeName(value)} is no double`);
}

function bytes(value: Value): Value {
  if (typeof value !== 'string') throw failure(`a ${typeName(value)} has no bytes`);
  return Buffer.from(value);
}

/** Of a text, the number of its bytes. */
function size(value: Value): Value {
  if (typeof value === 'string') return BigInt(Buffer.byteLength(value));
  if (value instanceof Uint8Array) return BigInt(value.length);
  if (isList(value)) return BigInt(value.length);
  if (isMap(value)) return BigInt(value.size);
  throw failure(`a ${typeName(value)} has no size`);
}

function duration(value: Value): Value {
  if (value instanceof Duration) return value;
  if (typeof value === 'string') return parseDuration(value);
  throw failure(`a ${typeName(value)} is no duration`);
}
