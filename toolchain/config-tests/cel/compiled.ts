import { Failure } from './failure.ts';
import type { Node } from './parse.ts';
import type { Value } from './value.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The variables at hand; undefined: declared, but absent now. */
export type Scope = (name: string) => Value | undefined;
export type Evaluate = (scope: Scope) => Value;

/** A part that needs no variable is computed once: tables with many thousand entries are looked into per request. */
export type Compiled = { readonly constant: Value } | { readonly evaluate: Evaluate };

/** Compiles a part of a call, with the names that are known within it. */
export type Compile = (node: Node, vocabulary: Vocabulary) => Compiled;

export interface Call {
  readonly name: string;
  readonly target: Node | undefined;
  readonly args: readonly Node[];
}

export function evaluator(compiled: Compiled): Evaluate {
  return 'constant' in compiled ? () => compiled.constant : compiled.evaluate;
}

/** An expression that fails is a value to some functions; what the interpreter does not know, or gets wrong, never is. */
export function settled<T>(call: () => T): { readonly value?: T; readonly error?: Failure } {
  try {
    return { value: call() };
  } catch (error) {
    if (error instanceof Failure) return { error };
    throw error;
  }
}
