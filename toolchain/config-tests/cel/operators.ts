import { absent, failure } from './failure.ts';
import { asKey, compare, Duration, equal, isList, isMap, typeName, Uint, type Value } from './value.ts';

export type Binary = (left: Value, right: Value) => Value;

/** Arithmetic knows no mixed types: an int and a uint, or a text and a number, do not add. */
function arithmetic(
  name: string,
  integers: (a: bigint, b: bigint) => bigint,
  doubles?: (a: number, b: number) => number,
) {
  return (left: Value, right: Value): Value => {
    if (typeof left === 'bigint' && typeof right === 'bigint') return signed(integers(left, right));
    if (left instanceof Uint && right instanceof Uint) return unsigned(integers(left.value, right.value));
    if (doubles !== undefined && typeof left === 'number' && typeof right === 'number') return doubles(left, right);
    throw failure(`cannot ${name} ${typeName(left)} and ${typeName(right)}`);
  };
}

export function signed(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) throw failure('the integer is out of range');
  return value;
}

export function unsigned(value: bigint): Uint {
  if (BigInt.asUintN(64, value) !== value) throw failure('the unsigned integer is out of range');
  return new Uint(value);
}

function divisor(value: bigint): bigint {
  if (value === 0n) throw failure('division by zero');
  return value;
}

const addNumbers = arithmetic(
  'add',
  (a, b) => a + b,
  (a, b) => a + b,
);
const subtractNumbers = arithmetic(
  'subtract',
  (a, b) => a - b,
  (a, b) => a - b,
);

function add(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (isList(left) && isList(right)) return [...left, ...right];
  if (left instanceof Duration && right instanceof Duration) return new Duration(left.nanoseconds + right.nanoseconds);
  return addNumbers(left, right);
}

function subtract(left: Value, right: Value): Value {
  if (left instanceof Duration && right instanceof Duration) return new Duration(left.nanoseconds - right.nanoseconds);
  return subtractNumbers(left, right);
}

function ordered(holds: (order: number) => boolean): Binary {
  return (left, right) => {
    const order = compare(left, right);
    if (order === undefined) throw failure(`cannot compare ${typeName(left)} and ${typeName(right)}`);
    return holds(order);
  };
}

/** Of two texts: whether the right one contains the left one. */
function within(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') return right.includes(left);
  if (isList(right)) return right.some((item) => equal(item, left));
  if (isMap(right)) {
    const key = asKey(left);
    return key !== undefined && right.has(key);
  }
  throw failure(`nothing is in a ${typeName(right)}`);
}

function index(target: Value, at: Value): Value {
  if (isList(target)) return item(target, at);
  if (!isMap(target))
    throw typeof target === 'string' ? absent(String(at)) : failure(`a ${typeName(target)} has no entries`);
  const key = asKey(at);
  if (key === undefined) throw failure(`a ${typeName(at)} is no key`);
  return target.get(key) ?? notThere(target.has(key), String(key));
}

function notThere(isNull: boolean, name: string): null {
  if (isNull) return null;
  throw absent(name);
}

function item(list: readonly Value[], at: Value): Value {
  const position = at instanceof Uint ? at.value : at;
  if (typeof position !== 'bigint') throw failure(`a ${typeName(at)} is no position`);
  const found = position < 0n ? undefined : list[Number(position)];
  if (found === undefined) throw failure(`there is no item ${position}`);
  return found;
}

export function member(target: Value, field: string): Value {
  if (!isMap(target)) throw absent(field);
  return target.get(field) ?? notThere(target.has(field), field);
}

export const binaries: Readonly<Record<string, Binary>> = {
  '+': add,
  '-': subtract,
  '*': arithmetic(
    'multiply',
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '/': arithmetic(
    'divide',
    (a, b) => a / divisor(b),
    (a, b) => a / b,
  ),
  '%': arithmetic('take the remainder of', (a, b) => a % divisor(b)),
  '==': equal,
  '!=': (left, right) => !equal(left, right),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  in: within,
  '[]': index,
};

export function negate(value: Value): Value {
  if (typeof value === 'bigint') return signed(-value);
  if (typeof value === 'number') return -value;
  throw failure(`a ${typeName(value)} has no opposite`);
}

export function asBoolean(value: Value): boolean {
  if (typeof value !== 'boolean') throw failure(`true or false is needed, not ${typeName(value)}`);
  return value;
}
