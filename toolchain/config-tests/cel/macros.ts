import { type Call, type Compile, type Compiled, evaluator, type Scope } from './compiled.ts';
import { failure, Unknown } from './failure.ts';
import { asBoolean } from './operators.ts';
import type { Node } from './parse.ts';
import { isList, isMap, type Key, typeName, type Value } from './value.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Called for one item after the other with the expression of the macro bound to it. */
type Loop = (items: readonly Value[], test: (item: Value) => Value) => Value;

const loops: Readonly<Record<string, Loop>> = {
  map: (items, of) => items.map(of),
  filter: (items, holds) => items.filter((item) => asBoolean(holds(item))),
  exists: (items, holds) => items.some((item) => asBoolean(holds(item))),
  all: (items, holds) => items.every((item) => asBoolean(holds(item))),
  exists_one: (items, holds) => items.filter((item) => asBoolean(holds(item))).length === 1,
};

const ofMaps: Readonly<Record<string, (map: ReadonlyMap<Key, Value>, bound: (item: Value) => Value) => Value>> = {
  mapValues: (map, of) => new Map([...map].map(([key, value]) => [key, of(value)])),
  filterKeys: (map, holds) => new Map([...map].filter(([key]) => asBoolean(holds(key)))),
};

export function isMacro({ name, target, args }: Call): boolean {
  if (target === undefined) return name === 'has';
  if (args.length === 3) return name === 'map';
  return args.length === 2 && (Object.hasOwn(loops, name) || Object.hasOwn(ofMaps, name));
}

export function macro(call: Call, vocabulary: Vocabulary, compile: Compile): Compiled {
  const { name, target, args } = call;
  if (target === undefined) return has(args, vocabulary, compile);
  const [item, ...bodies] = args;
  const [body, result] = bodies;
  if (item?.op !== 'id' || body === undefined) throw new Unknown(`${name}() without a name for its items`);
  const variable = item.args;
  const inner = { ...vocabulary, variables: { ...vocabulary.variables, [variable]: 'any' } } as const;
  const bound = (node: Node) => {
    const evaluate = evaluator(compile(node, inner));
    return (scope: Scope) => (value: Value) => evaluate((asked) => (asked === variable ? value : scope(asked)));
  };
  const range = evaluator(compile(target, vocabulary));
  const loop = loopOf(name, bound(body));
  if (result === undefined) return { evaluate: (scope) => loop(range(scope), scope) };
  // `list.map(x, test, result)`: of those that pass the test.
  const filter = loopOf('filter', bound(body));
  const map = loopOf('map', bound(result));
  return { evaluate: (scope) => map(filter(range(scope), scope), scope) };
}

function loopOf(
  name: string,
  bound: (scope: Scope) => (value: Value) => Value,
): (values: Value, scope: Scope) => Value {
  const [overItems, overMap] = [loops[name], ofMaps[name]];
  return (values, scope) => {
    if (overMap !== undefined && isMap(values)) return overMap(values, bound(scope));
    if (overItems === undefined) throw failure(`${name}() is for maps, not for a ${typeName(values)}`);
    if (!isList(values) && !isMap(values)) throw failure(`${name}() cannot go through a ${typeName(values)}`);
    return overItems(isList(values) ? values : [...values.keys()], bound(scope));
  };
}

/** Whether a field is there. Only the last step may be missing. */
function has([argument]: readonly Node[], vocabulary: Vocabulary, compile: Compile): Compiled {
  if (argument?.op !== '.') throw new Unknown('has() of something that is no field');
  const [operand, field] = argument.args;
  const evaluate = evaluator(compile(operand, vocabulary));
  return {
    evaluate(scope) {
      const value = evaluate(scope);
      return isMap(value) && value.has(field);
    },
  };
}
