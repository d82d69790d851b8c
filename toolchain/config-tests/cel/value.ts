import { failure } from './failure.ts';

/** An unsigned integer: a type of its own, which takes no part in arithmetic with signed ones. */
export class Uint {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

export class Duration {
  readonly nanoseconds: bigint;
  constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }
}

export class Type {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export type Key = string | boolean | bigint;
export type CelMap = ReadonlyMap<Key, Value>;

/** Header names are found however they are written. */
export class Headers extends Map<Key, Value> {
  override get(name: Key): Value | undefined {
    return super.get(typeof name === 'string' ? name.toLowerCase() : name);
  }
  override has(name: Key): boolean {
    return super.has(typeof name === 'string' ? name.toLowerCase() : name);
  }
}

/** A bigint is an int, a number is a double. */
export type Value =
  | null
  | boolean
  | string
  | bigint
  | number
  | Uint
  | Uint8Array
  | Duration
  | Type
  | CelMap
  | readonly Value[];

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is CelMap {
  return value instanceof Map;
}

export function typeName(value: Value): string {
  if (value === null) return 'null_type';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
  }
  if (value instanceof Uint) return 'uint';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Duration) return 'duration';
  if (value instanceof Type) return 'type';
  return isMap(value) ? 'map' : 'list';
}

/** Int and uint find each other's entries, so both are stored as one. */
export function asKey(value: Value): Key | undefined {
  if (value instanceof Uint) return value.value;
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint' ? value : undefined;
}

export function asString(value: Value): string {
  if (typeof value !== 'string') throw failure(`a string is needed, not ${typeName(value)}`);
  return value;
}

/** Numbers of different types are equal where their values are; values of other different types are not. */
export function equal(a: Value, b: Value): boolean {
  const [left, right] = [numeric(a), numeric(b)];
  if (left !== undefined && right !== undefined) return order(left, right) === 0;
  if (isMap(a) && isMap(b)) {
    return a.size === b.size && [...a].every(([key, value]) => sameEntry(value, b.get(key)));
  }
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => equal(item, b[index] ?? null));
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  if (a instanceof Duration && b instanceof Duration) return a.nanoseconds === b.nanoseconds;
  if (a instanceof Type && b instanceof Type) return a.name === b.name;
  return a === b;
}

function sameEntry(value: Value, other: Value | undefined): boolean {
  return other !== undefined && equal(value, other);
}

/** Negative, zero, positive; undefined where the gateway cannot compare. */
export function compare(a: Value, b: Value): number | undefined {
  const [left, right] = [numeric(a), numeric(b)];
  if (left !== undefined && right !== undefined) return order(left, right);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a === null && b === null) return 0;
  if (a instanceof Duration && b instanceof Duration) return order(a.nanoseconds, b.nanoseconds);
  return undefined;
}

function numeric(value: Value): bigint | number | undefined {
  if (value instanceof Uint) return value.value;
  return typeof value === 'bigint' || typeof value === 'number' ? value : undefined;
}

/** Two integers are compared exactly, with a double both become doubles. */
function order(a: bigint | number, b: bigint | number): number | undefined {
  const [left, right] = typeof a === typeof b ? [a, b] : [Number(a), Number(b)];
  if (left < right) return -1;
  if (left > right) return 1;
  return left === right ? 0 : undefined;
}
