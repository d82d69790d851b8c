import { sortedKeys } from '../contract/canonical.ts';
import type { Infra } from '../contract/infra.ts';
import { schemaVersion } from '../contract/vocabulary.ts';
import { ReleaseBucket } from './bucket.ts';
import { infraObject, pointerObject, stateObject } from './bucket-layout.ts';
import type { AwsClients } from './clients.ts';
import { classify, Halt } from './failure.ts';
import { type JournalEntry, lastJournalEntry } from './journal.ts';
import { type LockRecord, readLock } from './lock.ts';
import type { Failure } from './outcome.ts';
import { addDays } from './plan/dates.ts';
import { readInfra } from './preconditions.ts';
import { type DeployState, type Pointer, pointerSchema, stateSchema } from './state.ts';
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
    const pointer = parse(pointerSchema, pointerObject(environment), await text(bucket, pointerObject(environment)));
    const state = parse(stateSchema, stateObject(environment), await text(bucket, stateObject(environment)));
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
    const classified = classify(error);
    if (classified === null) throw error;
    return classified;
  }
}

async function text(bucket: ReleaseBucket, key: string): Promise<string | null> {
  return (await bucket.read(key))?.text ?? null;
}

function parse<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  key: string,
  stored: string | null,
): T | null {
  if (stored === null) return null;
  const parsed = schema.safeParse(JSON.parse(stored));
  if (parsed.success) return parsed.data;
  throw new Halt(`${key} is not valid`, 'restore an earlier version of it');
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

function quarantines({ applied, quarantined }: DeployState): QuarantineStatus[] {
  return sortedKeys(quarantined).flatMap((key) => {
    const client = quarantined[key];
    if (client === undefined) return [];
    const { since, id } = client;
    return [{ key, since, deletedFrom: addDays(since, applied?.quarantineDays ?? 0), client: id !== null }];
  });
}
