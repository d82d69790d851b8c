import type { Field } from '../field.ts';
import type { Key } from '../tree.ts';
import { environmentFields } from './environment.ts';
import { federationFields } from './federation.ts';
import { guardrailFields } from './guardrail.ts';
import { priceListFields } from './price-list.ts';
import { profileFields } from './profile.ts';
import { projectFields } from './project.ts';
import { providerFields } from './provider.ts';
import { tenantFields } from './tenant.ts';
import { tierFields } from './tier.ts';

/** Kinds whose subjects are compared value by value. */
export const fieldsByKind = {
  project: projectFields,
  environment: environmentFields,
  federation: federationFields,
  tier: tierFields,
  tenant: tenantFields,
  provider: providerFields,
  profile: profileFields,
  guardrail: guardrailFields,
  'price-list': priceListFields,
} as const satisfies Readonly<Record<string, readonly Field[]>>;

export type ComparedKind = keyof typeof fieldsByKind;

const byPattern = new Map(
  Object.entries(fieldsByKind).map(([kind, fields]) => [
    kind,
    fields.map((field) => ({ steps: stepsOf(field), field })),
  ]),
);

export interface MatchedField {
  readonly field: Field;
  /** What the stars stand for. */
  readonly keys: readonly Key[];
}

/** The row that speaks for a path, if any. Rows of one kind are disjoint: a test holds them to that. */
export function fieldAt(kind: ComparedKind, path: readonly Key[]): MatchedField | undefined {
  const found = byPattern.get(kind)?.find(({ steps }) => matches(steps, path));
  if (found === undefined) return undefined;
  return { field: found.field, keys: path.filter((_, index) => found.steps[index] === '*') };
}

/** Whether a key or `*` step is the same; lengths must agree. */
function matches(steps: readonly string[], path: readonly Key[]): boolean {
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}

function stepsOf(field: Field): readonly string[] {
  return field.path === '' ? [] : field.path.split('.');
}
