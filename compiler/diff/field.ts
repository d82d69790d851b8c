import type { Risk } from '../../contract/vocabulary.ts';

/** How a value moved. A scalar moves in one way; a list may gain, lose and be reordered in one change. */
export const movements = ['set', 'unset', 'raised', 'lowered', 'changed', 'gained', 'lost', 'reordered'] as const;
export type Movement = (typeof movements)[number];

/**
 * The risk of a change of one field. Exactly one line decides each movement: the value that was left, else the word
 * that the value became, contains, or that the list gained, else the movement, else `otherwise`. Of several movements
 * the worst counts.
 */
export type RiskRule =
  | Risk
  | ({ readonly [M in Movement]?: Risk } & {
      readonly from?: Readonly<Record<string, Risk>>;
      readonly words?: Readonly<Record<string, Risk>>;
      readonly otherwise: Risk;
    });

/** How values of a field compare: as numbers, decimals, durations, days, or by their place in a list from weak to strong. */
export type Order = 'number' | 'decimal' | 'duration' | 'date' | readonly string[];

/** One row of a kind's table. */
export interface Field {
  /** Keys from the subject's root, `*` for any one; empty: the subject as a whole. */
  readonly path: string;
  /** How people call it; `{0}`, `{1}`: the keys that the stars stand for. Plural where the value is a list. */
  readonly label: string;
  readonly risk: RiskRule;
  readonly order?: Order;
  /** Follows the values. */
  readonly unit?: string;
  /** Says by how many percent an amount moves. */
  readonly percent?: true;
  /** An object that is one value: no comparison key by key. */
  readonly whole?: true;
  /** Only the order of what both sides have counts; gains and losses are reported elsewhere. */
  readonly sequence?: true;
  /** Better words than the general ones. `{before}` and `{after}` are the values, `{0}` as in the label. */
  readonly phrases?: { readonly [M in Movement]?: string };
  /** What a value does, where it does not say so itself; stands in brackets behind it. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** Paths whose values stand in brackets behind a subject or entry that came or went. */
  readonly brief?: readonly string[];
}
