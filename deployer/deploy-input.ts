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
  /** The day by which quarantines and acknowledgements are counted, `YYYY-MM-DD`. */
  readonly date: string;
}

export interface DeployRequest extends PlanRequest {
  readonly owner: DeployOwner;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Whether a process of this host lives. */
  readonly isAlive: (pid: number) => boolean;
  readonly report: (event: DeployEvent) => void;
  /** How the service deployment is watched; default: every 5 s for at most an hour. */
  readonly watch?: Watch;
}

export interface Watch {
  readonly delayMilliseconds: number;
  /** Looks before the deploy gives up waiting, which leaves the service deployment running. */
  readonly limit: number;
}

export const defaultWatch: Watch = { delayMilliseconds: 5000, limit: 720 };
