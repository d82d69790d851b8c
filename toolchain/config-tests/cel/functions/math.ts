import { failure } from '../failure.ts';
import { compare, isList, typeName, Uint, type Value } from '../value.ts';

/** Functions that are called with a prefix: `math.ceil(x)`. */
export const mathFunctions: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  ceil: ofDouble(Math.ceil),
  floor: ofDouble(Math.floor),
  trunc: ofDouble(Math.trunc),
  // Half is rounded away from zero, not up.
  round: ofDouble((value) => Math.sign(value) * Math.round(Math.abs(value))),
  isNaN: ofDouble(Number.isNaN),
  isInf: ofDouble((value) => Math.abs(value) === Number.POSITIVE_INFINITY),
  isFinite: ofDouble(Number.isFinite),
  abs: ([value = null]) => {
    if (typeof value === 'bigint') return value < 0n ? -value : value;
    return typeof value === 'number' ? Math.abs(value) : number(value);
  },
  least: (args) => extreme(args, (order) => order < 0),
  greatest: (args) => extreme(args, (order) => order > 0),
};

function ofDouble(call: (value: number) => number | boolean) {
  return ([value = null]: readonly Value[]): Value => {
    if (typeof value !== 'number') throw failure(`a double is needed, not ${typeName(value)}`);
    return call(value);
  };
}

function extreme(args: readonly Value[], wins: (order: number) => boolean): Value {
  const [only = null] = args;
  const [first, ...rest] = args.length === 1 && isList(only) ? only : args;
  if (first === undefined) throw failure('of nothing, nothing is the least or the greatest');
  return rest.reduce((best, value) => {
    const order = compare(number(best), number(value));
    if (order === undefined) throw failure('the numbers cannot be compared');
    return wins(order) ? best : value;
  }, number(first));
}

function number(value: Value): Value {
  if (typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint) return value;
  throw failure(`a number is needed, not ${typeName(value)}`);
}
