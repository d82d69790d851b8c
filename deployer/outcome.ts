import type { Failure } from './failure.ts';
import type { Action, ActionKind, Plan } from './plan.ts';
import type { Violation } from './violation.ts';

export interface Deployed {
  readonly release: string;
  readonly linked: string;
  readonly taskDefinition: string;
  /** Journal entry. */
  readonly deployment: string;
}

/** How a deploy ended. Whatever it throws instead is a defect of the deployer. */
export type DeployOutcome =
  | { readonly kind: 'unchanged'; readonly plan: Plan }
  | { readonly kind: 'deployed'; readonly plan: Plan; readonly deployed: Deployed }
  | { readonly kind: 'rolled-back'; readonly plan: Plan; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly plan: Plan | null; readonly failure: Failure }
  /** By the signal of the request; what was done by then is recorded. */
  | { readonly kind: 'interrupted'; readonly plan: Plan | null; readonly failure: Failure }
  | { readonly kind: 'refused'; readonly plan: Plan | null; readonly violations: readonly Violation[] }
  | { readonly kind: 'unavailable'; readonly plan: Plan | null; readonly failure: Failure };

/** How planning ended; a refused plan is still a plan. */
export type PlanOutcome =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] }
  | { readonly kind: 'failed' | 'unavailable'; readonly failure: Failure };

export type DeployEvent =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'locked'; readonly tookOverFrom: string | null }
  /** `index` counts from 1 over the actions of the plan. */
  | { readonly kind: 'action'; readonly action: Action; readonly index: number; readonly count: number }
  | { readonly kind: 'action-done'; readonly action: ActionKind; readonly key: string }
  | { readonly kind: 'service-deployment'; readonly status: string; readonly reason: string | null }
  | { readonly kind: 'warning'; readonly message: string };
