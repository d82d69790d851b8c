import type { Enforcement } from '../contract/artifacts/enforcement.ts';
import { schemaVersion } from '../contract/vocabulary.ts';
import { type Action, type ArtifactChange, phases } from './plan/action.ts';
import { artifactChanges } from './plan/artifact-changes.ts';
import { planClients } from './plan/clients.ts';
import { checkDeletionLimit } from './plan/deletion-limit.ts';
import type { PlanInput } from './plan/input.ts';
import { planRelease } from './plan/release.ts';
import { planRemovals } from './plan/removals.ts';
import type { Violation } from './violation.ts';

export type { Action, ActionKind, ArtifactChange } from './plan/action.ts';
export type { PlanInput } from './plan/input.ts';

/** What a deploy would do, as data: text, JSON, comments and the calls to AWS are all derived from it. */
export interface Plan {
  readonly schemaVersion: typeof schemaVersion;
  readonly environment: string;
  /** The day by which quarantines and acknowledgements are counted. */
  readonly today: string;
  readonly release: { readonly before: string | null; readonly after: string };
  /** In the order in which they are done; empty: nothing to change. */
  readonly actions: readonly Action[];
  readonly changes: readonly ArtifactChange[];
  /** How the desired release enforces limits, budgets and guardrails. */
  readonly enforcement: Enforcement;
  /** Not empty: a deploy refuses this plan and does nothing. */
  readonly refused: readonly Violation[];
}

/** Pure: the desired release against the last applied state. */
export function plan(input: PlanInput): Plan {
  const { desired, state, previous, today } = input;
  const clients = planClients(input);
  const removals = planRemovals(input, clients.origins);
  const release = planRelease(input, clients);
  const actions = [...clients.actions, ...removals, ...release.actions];
  return {
    schemaVersion,
    environment: desired.environment,
    today,
    release: { before: state.applied?.release ?? null, after: desired.id },
    actions: inOrder(actions),
    changes: artifactChanges(previous, desired),
    enforcement: desired.enforcement,
    refused: [...clients.refused, ...checkDeletionLimit(input, removals), ...release.refused],
  };
}

/** Stable: within a phase they stay in the order of their keys. */
function inOrder(actions: readonly Action[]): Action[] {
  return actions.toSorted((a, b) => phases[a.kind] - phases[b.kind]);
}
