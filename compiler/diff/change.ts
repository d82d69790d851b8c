import type { Json } from '../../contract/canonical.ts';
import type { Risk } from '../../contract/vocabulary.ts';
import type { Place } from '../diagnostics/finding.ts';

/** What a change is about. `tenants` stands for several tenants that one cause touches alike. */
export const subjectKinds = [
  'project',
  'environment',
  'federation',
  'tier',
  'tenants',
  'tenant',
  'provider',
  'profile',
  'guardrail',
  'price-list',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** Where a change stands: in the head, or in the base where it is a removal. */
export interface ChangePlace extends Place {
  readonly side: 'base' | 'head';
}

/** One semantic change between two models of the same environments. Plain data: every rendering derives from it. */
export interface Change {
  /** Sorted. A change of what all environments share names every environment that was compared. */
  readonly environments: readonly string[];
  readonly subject: { readonly kind: SubjectKind; readonly name: string };
  /** Path of the value, as in the YAML, or `access.…` for what follows from several; empty: the subject as a whole. */
  readonly field: string;
  /** null: was not there. */
  readonly before: Json;
  /** null: is no longer there. */
  readonly after: Json;
  readonly risk: Risk;
  /** English, without the environments and the place. */
  readonly sentence: string;
  readonly place: ChangePlace;
}

/** One side of a comparison. */
export interface Side {
  /** As people named it: a branch, a commit, `working tree`. */
  readonly label: string;
  /** null: not a commit. */
  readonly commit: string | null;
}

/** What the renderers take. */
export interface Comparison {
  readonly base: Side;
  readonly head: Side;
  /** All that were compared, sorted. */
  readonly environments: readonly string[];
  readonly changes: readonly Change[];
  /** What limits the comparison, such as a base that does not validate. Sentences. */
  readonly notes: readonly string[];
}

export type ChangeSummary = Readonly<Record<Risk, number>>;

export function summarise(changes: readonly Change[]): ChangeSummary {
  const count = (risk: Risk) => changes.filter((change) => change.risk === risk).length;
  return { safe: count('safe'), caution: count('caution'), dangerous: count('dangerous') };
}
