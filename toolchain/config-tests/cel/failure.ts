import { Refusal } from '../refusals.ts';

/** Why an expression has no value. The gateway catches these in `coalesce`, some of them in `default`. */
export class Failure extends Error {
  readonly kind: 'absent' | 'other';
  constructor(kind: Failure['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A missing key or variable: what `default` replaces. */
export function absent(name: string): Failure {
  return new Failure('absent', `nothing is called ${name}`);
}

export function failure(message: string): Failure {
  return new Failure('other', message);
}

/**
 * The interpreter does not know how the gateway takes this. Never caught by an expression: an answer that was guessed
 * would be worse than none.
 */
export class Unknown extends Refusal {}
