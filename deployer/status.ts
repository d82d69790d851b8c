import type { z } from 'zod';
import { byCodeUnit, sortedKeys } from '../contract/canonical.ts';
import type { Infra } from '../contract/infra.ts';
import { schemaVersion } from '../contract/vocabulary.ts';
import { ReleaseBucket } from './bucket.ts';
import { infraObject, pointerObject, stateObject } from './bucket-layout.ts';
import type { AwsClients } from './clients.ts';
import { classify, type Failure, isSignedOut, signedOut } from './failure.ts';
import { type JournalEntry, lastJournalEntry } from './journal.ts';
import { type LockRecord, readLock } from './lock.ts';
import { addDays } from './plan/dates.ts';
import { readInfra } from './preconditions.ts';
import { type DeployState, type Pointer, pointerSchema, stateSchema } from './state.ts';
import { storedOrHalt } from './stored.ts';
import type { Violation } from './violation.ts';

export interface StatusRequest {
  readonly environment: string;
  readonly aws: AwsClients;
  readonly releaseBucket: string;
}

export interface QuarantineStatus {
  /** Client key. */
  readonly key: string;
  readonly since: string;
  /** First day of a deploy that deletes it. */
  readonly deletedFrom: string;
  /** False: only the former credentials of a client that was renamed. */
  readonly client: boolean;
}

export interface ServiceStatus {
  readonly taskDefinition: string;
  /** Whether it is the one that the pointer names. */
  readonly asPointed: boolean;
  readonly running: number;
  readonly desired: number;
  readonly rollout: string | null;
  readonly rolloutReason: string | null;
}

/** What runs in an environment, for on-call. */
export interface Status {
  readonly schemaVersion: typeof schemaVersion;
  readonly environment: string;
  /** Null: nothing was deployed yet. */
  readonly pointer: Pointer | null;
  readonly service: ServiceStatus | null;
  readonly clients: number;
  readonly quarantined: readonly QuarantineStatus[];
  /** Client keys whose creation was interrupted; the next deploy settles them. */
  readonly interrupted: readonly string[];
  readonly lock: LockRecord | null;
  readonly lastDeployment: JournalEntry | null;
}

export type StatusOutcome =
  | { readonly kind: 'status'; readonly status: Status }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] }
  | { readonly kind: 'failed' | 'unavailable'; readonly failure: Failure };

export async function readStatus(request: StatusRequest): Promise<StatusOutcome> {
  const { environment, aws, releaseBucket } = request;
  const bucket = new ReleaseBucket(aws.s3, releaseBucket);
  try {
    const published = readInfra(environment, (await bucket.read(infraObject(environment)))?.text ?? null);
    if ('violations' in published) return { kind: 'refused', violations: published.violations };
    const pointer = await readObject(bucket, pointerObject(environment), pointerSchema);
    const state = await readObject(bucket, stateObject(environment), stateSchema);
    const status: Status = {
      schemaVersion,
      environment,
      pointer,
      service: await serviceStatus(aws, published.infra, pointer),
      clients: Object.keys(state?.clients ?? {}).length,
      quarantined: state === null ? [] : quarantines(state),
      interrupted: sortedKeys(state?.intents ?? {}),
      lock: (await readLock(bucket, environment))?.record ?? null,
      lastDeployment: await lastJournalEntry(bucket, environment, pointer?.deployment ?? null),
    };
    return { kind: 'status', status };
  } catch (error) {
    if (isSignedOut(error)) return { kind: 'refused', violations: [signedOut(`environment ${environment}`)] };
    const classified = classify(error);
    if (classified === null) throw error;
    return classified;
  }
}

async function readObject<T>(bucket: ReleaseBucket, key: string, schema: z.ZodType<T>): Promise<T | null> {
  const stored = await bucket.read(key);
  return stored === null ? null : storedOrHalt(schema, key, stored.text);
}

async function serviceStatus(aws: AwsClients, infra: Infra, pointer: Pointer | null): Promise<ServiceStatus | null> {
  const { cluster, service } = infra;
  const found = (await aws.ecs.describeServices({ cluster, services: [service] })).services?.[0];
  if (found === undefined) return null;
  const primary = (found.deployments ?? []).find(({ status }) => status === 'PRIMARY');
  return {
    taskDefinition: found.taskDefinition ?? '',
    asPointed: found.taskDefinition === pointer?.taskDefinition,
    running: found.runningCount ?? 0,
    desired: found.desiredCount ?? 0,
    rollout: primary?.rolloutState ?? null,
    rolloutReason: primary?.rolloutStateReason ?? null,
  };
}

function quarantines({ applied, quarantined, renamed }: DeployState): QuarantineStatus[] {
  const deletedFrom = (since: string): string => addDays(since, applied?.quarantineDays ?? 0);
  const clients = Object.values(quarantined).map(({ key, since }) => ({ key, since, client: true }));
  const former = Object.entries(renamed).map(([key, { since }]) => ({ key, since, client: false }));
  return [...clients, ...former]
    .map((each) => ({ ...each, deletedFrom: deletedFrom(each.since) }))
    .toSorted((a, b) => byCodeUnit(a.key, b.key));
}
