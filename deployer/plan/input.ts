import type { Infra } from '../../contract/infra.ts';
import type { Release } from '../release.ts';
import type { DeployState, Pointer } from '../state.ts';
import type { PreviousArtifacts } from './artifact-changes.ts';

export interface PlanInput {
  readonly desired: Release;
  readonly infra: Infra;
  readonly state: DeployState;
  readonly pointer: Pointer | null;
  /** Artifacts of the last applied release that differ from the desired ones. */
  readonly previous: PreviousArtifacts;
  /** As in PlanRequest. */
  readonly today: string;
}
