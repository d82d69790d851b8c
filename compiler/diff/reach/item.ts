import type { Risk } from '../../../contract/vocabulary.ts';
import type { Origin } from '../../diagnostics/finding.ts';

/** What reaches a tenant through everything it refers to. */
export type Aspect = 'models' | 'providers' | 'residency' | 'surfaces' | 'guardrails' | 'guardrailOrder';
export type Direction = 'gained' | 'lost' | 'changed';

/** One thing that tenants of one kind gained or lost. */
export interface ReachItem {
  readonly aspect: Aspect;
  readonly direction: Direction;
  /** Public model or guardrail; items with equal tenants, aspect, direction and `through` are told together. */
  readonly name: string;
  /** The provider of a route, or the orders of a list. */
  readonly through: string;
  readonly lists?: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly origin: Origin;
}

/** Words and risks. `{s}` is the ending of the verb, `{names}` models or guardrails. */
export const reachRules: Readonly<
  Record<Aspect, Partial<Readonly<Record<Direction, { readonly risk: Risk; readonly words: string }>>>>
> = {
  // Access is what a reviewer looks for first, whatever way it came: routing, an alias, a wildcard, a deny list.
  models: {
    gained: { risk: 'dangerous', words: '{who} gain{s} {nouns} {names}' },
    lost: { risk: 'caution', words: '{who} lose{s} {nouns} {names}' },
  },
  // Another provider within residencies that served the model before.
  providers: {
    gained: { risk: 'caution', words: '{who}: requests for {names} may now go to {through}' },
    lost: { risk: 'caution', words: '{who}: requests for {names} no longer go to {through}' },
  },
  // A provider in a residency where the model was not served before: data moves.
  residency: {
    gained: { risk: 'dangerous', words: '{who}: requests for {names} may now be processed elsewhere, by {through}' },
    lost: { risk: 'caution', words: '{who}: requests for {names} are no longer processed by {through}' },
  },
  // What a fallback to another kind of provider does without being asked.
  surfaces: {
    gained: { risk: 'caution', words: '{who}: {names} can now be called at {through}' },
    lost: { risk: 'caution', words: '{who}: {names} can no longer be called at {through}' },
  },
  guardrails: {
    gained: { risk: 'safe', words: '{who} gain{s} {nouns} {names}' },
    lost: { risk: 'dangerous', words: '{who} lose{s} {nouns} {names}' },
  },
  // A mask before a rejection hides from the second what the first replaced.
  guardrailOrder: { changed: { risk: 'caution', words: '{who}: guardrails apply in another order, {through}' } },
};
