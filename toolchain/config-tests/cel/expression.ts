import { compile } from './compile.ts';
import type { Compiled, Scope } from './compiled.ts';
import { parse } from './parse.ts';
import type { Value } from './value.ts';
import type { Vocabulary } from './vocabulary.ts';

/** An expression of the gateway's config, ready to be evaluated as the gateway does. */
export interface Expression {
  readonly source: string;
  /** Throws a Failure where the expression has no value. */
  evaluate(variables: ReadonlyMap<string, Value>): Value;
}

/** Throws Unknown for whatever the interpreter does not know: syntax, functions, variables, their fields. */
export function expression(source: string, vocabulary: Vocabulary): Expression {
  const compiled: Compiled = compile(parse(source), vocabulary);
  return {
    source,
    evaluate(variables) {
      if ('constant' in compiled) return compiled.constant;
      const scope: Scope = (name) => variables.get(name);
      return compiled.evaluate(scope);
    },
  };
}
