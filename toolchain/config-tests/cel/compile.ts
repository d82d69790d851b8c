import { compileCall } from './calls.ts';
import { type Compiled, evaluator, settled } from './compiled.ts';
import { absent, failure, Unknown } from './failure.ts';
import { parseJsonField } from './json.ts';
import { asBoolean, type Binary, binaries, member, negate } from './operators.ts';
import type { Node } from './parse.ts';
import { asKey, type Key, Type, Uint, type Value } from './value.ts';
import type { Vocabulary } from './vocabulary.ts';

const types = ['bool', 'bytes', 'double', 'duration', 'int', 'list', 'map', 'null_type', 'string', 'type', 'uint'];

export function compile(node: Node, vocabulary: Vocabulary): Compiled {
  const inner = (child: Node): Compiled => compile(child, vocabulary);
  switch (node.op) {
    case 'value':
      return { constant: literal(node.args) };
    case 'id':
      return variable(node.args, vocabulary);
    case '.':
      return select(node.args[0], node.args[1], vocabulary);
    case 'list':
      return list(node.args.map(inner));
    case 'map':
      return map(node.args.map(([key, value]) => [inner(key), inner(value)] as const));
    case '?:':
      return conditional(inner(node.args[0]), inner(node.args[1]), inner(node.args[2]));
    case '&&':
    case '||':
      return logical(inner(node.args[0]), inner(node.args[1]), node.op === '||');
    case '!_':
      return unary(inner(node.args), (value) => !asBoolean(value));
    case '-_':
      return unary(inner(node.args), negate);
    case 'call':
      return compileCall({ name: node.args[0], target: undefined, args: node.args[1] }, vocabulary, compile);
    case 'rcall':
      return compileCall({ name: node.args[0], target: node.args[1], args: node.args[2] }, vocabulary, compile);
    case '.?':
    case '[?]':
      throw new Unknown(`optional values: ${node.op}`);
    default: {
      const operator = binaries[node.op];
      if (operator === undefined) throw new Unknown(`the operator ${node.op}`);
      return binary(inner(node.args[0]), inner(node.args[1]), operator);
    }
  }
}

/** The library has a class of its own for unsigned integers. */
function literal(value: unknown): Value {
  if (value === null || value instanceof Uint8Array) return value;
  switch (typeof value) {
    case 'boolean':
    case 'string':
    case 'bigint':
    case 'number':
      return value;
  }
  if (typeof value === 'object' && value !== null) return new Uint(BigInt(String(value.valueOf())));
  throw new Unknown(`a literal of ${typeof value}`);
}

function variable(name: string, { variables }: Vocabulary): Compiled {
  if (variables[name] === undefined) {
    if (types.includes(name)) return { constant: new Type(name) };
    throw new Unknown(`the variable ${name}`);
  }
  return {
    evaluate(scope) {
      const value = scope(name);
      if (value === undefined) throw absent(name);
      return value;
    },
  };
}

function select(operand: Node, field: string, vocabulary: Vocabulary): Compiled {
  if (operand.op === 'call' && operand.args[0] === 'json' && operand.args[1].length === 1) {
    return jsonField(operand.args[1], field, vocabulary);
  }
  if (operand.op === 'id') {
    const fields = vocabulary.variables[operand.args];
    if (Array.isArray(fields) && !fields.includes(field)) throw new Unknown(`the variable ${operand.args}.${field}`);
  }
  return unary(compile(operand, vocabulary), (value) => member(value, field));
}

/** `json(x).field` is optimised by the gateway, with consequences: what follows the object is not looked at. */
function jsonField([argument]: readonly Node[], field: string, vocabulary: Vocabulary): Compiled {
  if (argument === undefined) throw new Unknown('json() of nothing');
  return unary(compile(argument, vocabulary), (value) => {
    const text = value instanceof Uint8Array ? Buffer.from(value).toString() : value;
    if (typeof text !== 'string') throw failure('only a text or bytes can be JSON');
    const found = parseJsonField(text, field);
    if (found === undefined) throw absent(field);
    return found;
  });
}

function unary(operand: Compiled, call: (value: Value) => Value): Compiled {
  const evaluate = evaluator(operand);
  return { evaluate: (scope) => call(evaluate(scope)) };
}

function binary(left: Compiled, right: Compiled, call: Binary): Compiled {
  const [first, second] = [evaluator(left), evaluator(right)];
  return { evaluate: (scope) => call(first(scope), second(scope)) };
}

function conditional(condition: Compiled, whenTrue: Compiled, whenFalse: Compiled): Compiled {
  const [decide, yes, no] = [evaluator(condition), evaluator(whenTrue), evaluator(whenFalse)];
  return { evaluate: (scope) => (asBoolean(decide(scope)) ? yes(scope) : no(scope)) };
}

/** An error on the left is forgiven where the right side decides; an error on the right never is. */
function logical(left: Compiled, right: Compiled, decisive: boolean): Compiled {
  const [first, second] = [evaluator(left), evaluator(right)];
  return {
    evaluate(scope) {
      const known = settled(() => asBoolean(first(scope)));
      if (known.value === decisive) return decisive;
      const other = second(scope);
      if (other === decisive || (known.value !== undefined && typeof other === 'boolean')) return other;
      throw known.error ?? failure('true or false is needed');
    },
  };
}

function list(items: readonly Compiled[]): Compiled {
  if (items.every((item) => 'constant' in item)) return { constant: items.map((item) => item.constant) };
  const evaluators = items.map(evaluator);
  return { evaluate: (scope) => evaluators.map((evaluate) => evaluate(scope)) };
}

function map(entries: readonly (readonly [Compiled, Compiled])[]): Compiled {
  const constants = new Map<Key, Value>();
  for (const [key, value] of entries) {
    if (!('constant' in key && 'constant' in value)) return variableMap(entries);
    constants.set(mapKey(key.constant), value.constant);
  }
  return { constant: constants };
}

function variableMap(entries: readonly (readonly [Compiled, Compiled])[]): Compiled {
  const pairs = entries.map(([key, value]) => [evaluator(key), evaluator(value)] as const);
  return { evaluate: (scope) => new Map(pairs.map(([key, value]) => [mapKey(key(scope)), value(scope)])) };
}

function mapKey(value: Value): Key {
  const key = asKey(value);
  if (key === undefined) throw failure('this value is no key of a map');
  return key;
}
