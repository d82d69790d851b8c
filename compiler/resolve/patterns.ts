import type { Spec } from '../schema/kinds.ts';

export type Builtin = NonNullable<Spec<'Guardrail'>['patterns'][number]['builtin']>;

/**
 * What agentgateway v1.4.1 recognises under a builtin name, as one regex each. It checks no digits and no context: any
 * nine digits are a social security number to it. Phone numbers it finds by the rules of every country, which no regex
 * says: undefined.
 */
const builtinRegexes: Readonly<Record<Builtin, string | undefined>> = {
  email: String.raw`[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]+`,
  ssn: String.raw`\b(?:[0-9]{3}[- .][0-9]{2}[- .][0-9]{4}|[0-9]{5}-[0-9]{4}|[0-9]{3}-[0-9]{6}|[0-9]{9})\b`,
  creditCard: String.raw`\b(?:(?:[346]\d{3}|5[0-5]\d{2})[- ]?\d{3,4}[- ]?\d{3,4}[- ]?\d{3,5}|1\d{3}[- ]?\d{3,4}[- ]?\d{3,4}[- ]?\d{4,5})\b`,
  caSin: String.raw`\b(?:[0-9]{3}[- ][0-9]{3}[- ][0-9]{3}|[0-9]{9})\b`,
  phoneNumber: undefined,
};

/** The regex of a pattern; undefined where none says the same. */
export function regexOf({ regex, builtin }: Spec<'Guardrail'>['patterns'][number]): string | undefined {
  return regex ?? (builtin === undefined ? undefined : builtinRegexes[builtin]);
}

/** The gateway masks in place, in quadratic time: a body beyond this size may have only so much to mask. */
export const maskLimits = { bytes: 524_288, matches: 50 } as const;

/** Matches where a pattern does so often. */
export function manyMatches(regex: string): string {
  return `(?s)(?:(?:${regex}).*?){${maskLimits.matches}}`;
}
