import { type Call, type Compile, type Compiled, type Evaluate, evaluator, settled } from './compiled.ts';
import { failure, Unknown } from './failure.ts';
import { conversions } from './functions/conversions.ts';
import { mathFunctions } from './functions/math.ts';
import { type Method, textMethods } from './functions/texts.ts';
import { parseJson, toJsonText } from './json.ts';
import { isMacro, macro } from './macros.ts';
import type { Node } from './parse.ts';
import { asString, isMap, typeName, type Value } from './value.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Functions that take any number of arguments, or want to see their errors. */
const special: Readonly<Record<string, (args: readonly Evaluate[], vocabulary: Vocabulary) => Evaluate>> = {
  coalesce,
  default: (args) => defaulted(args),
  uuid: (_, vocabulary) => () => vocabulary.uuid(),
};

const plain: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  json: ([value = null]) => {
    if (value instanceof Uint8Array) return parseJson(Buffer.from(value).toString());
    if (typeof value !== 'string') throw failure(`a ${typeName(value)} is no JSON`);
    return parseJson(value);
  },
  toJson: ([value = null]) => toJsonText(value),
  fail: ([message = null]) => {
    throw failure(`fail() called: ${asString(message)}`);
  },
};

/** Methods that may also be called as functions, with their target as the first argument. */
const eitherWay: readonly string[] = ['contains', 'startsWith', 'endsWith', 'matches'];

/** Methods of a map beside its macros. */
const mapMethods: Readonly<Record<string, (target: Value, args: readonly Value[]) => Value>> = {
  merge(target, [other = null]) {
    if (!isMap(target) || !isMap(other)) throw failure('only maps can be merged');
    return new Map([...target, ...other]);
  },
};

const arities: Readonly<Record<string, readonly number[]>> = {
  json: [1],
  toJson: [1],
  fail: [1],
  uuid: [0],
  default: [2],
  regexReplace: [2],
  split: [1, 2],
  join: [0, 1],
  replace: [2, 3],
  substring: [1, 2],
  indexOf: [1, 2],
  lowerAscii: [0],
  upperAscii: [0],
  trim: [0],
};

export function compileCall(call: Call, vocabulary: Vocabulary, compile: Compile): Compiled {
  if (isMacro(call)) return macro(call, vocabulary, compile);
  const part = (node: Node): Evaluate => evaluator(compile(node, vocabulary));
  return { evaluate: called(call, call.args.map(part), part, vocabulary) };
}

function called(
  { name, target }: Call,
  args: readonly Evaluate[],
  part: (node: Node) => Evaluate,
  vocabulary: Vocabulary,
): Evaluate {
  if (target?.op === 'id' && target.args === 'math') return qualified(name, args);
  const conversion = own(conversions, name);
  if (conversion !== undefined)
    return converted(name, conversion, target === undefined ? args : [part(target), ...args]);
  if (!(own(arities, name) ?? [args.length]).includes(args.length)) {
    throw new Unknown(`${name}() with ${args.length} arguments`);
  }
  const ofValue = own(textMethods, name) ?? own(mapMethods, name);
  if (ofValue !== undefined && target !== undefined) {
    const receiver = part(target);
    return (scope) =>
      ofValue(
        receiver(scope),
        args.map((argument) => argument(scope)),
      );
  }
  if (target === undefined) {
    if (ofValue !== undefined && eitherWay.includes(name))
      return (scope) =>
        onFirst(
          ofValue,
          args.map((argument) => argument(scope)),
        );
    const made = own(special, name)?.(args, vocabulary);
    if (made !== undefined) return made;
    const simple = own(plain, name);
    if (simple !== undefined) return (scope) => simple(args.map((argument) => argument(scope)));
  }
  throw new Unknown(`the ${target === undefined ? 'function' : 'method'} ${name}()`);
}

function onFirst(method: Method, [target = null, ...args]: readonly Value[]): Value {
  return method(target, args);
}

function qualified(name: string, args: readonly Evaluate[]): Evaluate {
  const call = own(mathFunctions, name);
  if (call === undefined) throw new Unknown(`the function math.${name}()`);
  return (scope) => call(args.map((argument) => argument(scope)));
}

function converted(name: string, convert: (value: Value) => Value, operands: readonly Evaluate[]): Evaluate {
  const [operand] = operands;
  if (operand === undefined || operands.length > 1) throw new Unknown(`${name}() with ${operands.length} values`);
  return (scope) => convert(operand(scope));
}

/** The first value that is there; null only where all others failed. */
function coalesce(args: readonly Evaluate[]): Evaluate {
  return (scope) => {
    let last = failure('nothing was given');
    let isNull = false;
    for (const argument of args) {
      const { value, error } = settled(() => argument(scope));
      if (value !== undefined && value !== null) return value;
      if (value === null) isNull = true;
      else last = error ?? last;
    }
    if (isNull) return null;
    throw last;
  };
}

/** Only what is absent or null is replaced: other errors stay errors. */
function defaulted([first, second]: readonly Evaluate[]): Evaluate {
  if (first === undefined || second === undefined) throw new Unknown('default() of one value');
  return (scope) => {
    const { value, error } = settled(() => first(scope));
    if (value !== undefined && value !== null) return value;
    if (error !== undefined && error.kind !== 'absent') throw error;
    return second(scope);
  };
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
