import type { Artifacts } from '../contract/artifacts/artifacts.ts';
import type { AwsClients } from './clients.ts';
import type { DeployEvent } from './outcome.ts';

/** Who deploys: written into the lock, so that others can say who holds it and whether it still lives. */
export interface DeployOwner {
  /** Unique for each run. */
  readonly id: string;
  readonly host: string;
  readonly pid: number;
}

export interface PlanRequest {
  readonly artifacts: Artifacts;
  readonly aws: AwsClients;
  readonly releaseBucket: string;
  /**
   * The real day, `YYYY-MM-DD`, by which quarantines, retirements and acknowledgements are counted. Not the day for
   * which the release was compiled: one in the future would delete early.
   */
  readonly today: string;
}

export interface DeployRequest extends PlanRequest {
  readonly owner: DeployOwner;
  readonly now: () => Date;
  /** May end early once the signal is aborted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /**
   * Whether the process that holds the lock lives; asked only when it ran on a host of this name. Containers and
   * cloned machines share names: unless the state itself lies on this machine, the answer is always true.
   */
  readonly isAlive: (pid: number) => boolean;
  readonly report: (event: DeployEvent) => void;
  /** Aborted: the deploy stops before its next action, or while it watches, and gives the lock back. */
  readonly signal?: AbortSignal;
  /** How the service deployment is watched; default: every 5 s for 40 minutes, which is less than a workflow waits. */
  readonly watch?: Watch;
}

export interface Watch {
  readonly delayMilliseconds: number;
  /** Looks before the deploy gives up waiting, which leaves the service deployment running. */
  readonly limit: number;
}

export const defaultWatch: Watch = { delayMilliseconds: 5000, limit: 480 };
