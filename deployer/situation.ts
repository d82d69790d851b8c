import { type ReleaseArtifact, releaseArtifacts } from '../contract/artifacts/artifacts.ts';
import type { Infra } from '../contract/infra.ts';
import type { ReleaseBucket } from './bucket.ts';
import { infraObject, pointerObject, releaseObject, stateObject } from './bucket-layout.ts';
import type { PlanRequest } from './deploy-input.ts';
import { isSignedOut, signedOut } from './failure.ts';
import type { PreviousArtifacts } from './plan/artifact-changes.ts';
import { type Plan, plan } from './plan.ts';
import { checkPreconditions, readInfra } from './preconditions.ts';
import { readRecords } from './records.ts';
import { openRelease, type Release } from './release.ts';
import { settleIntents } from './settle-intents.ts';
import { sha256 } from './sha256.ts';
import type { DeployState, Pointer } from './state.ts';
import { restore } from './stored.ts';
import type { Violation } from './violation.ts';

/** A release, what it meets, and what is to be done about it. */
export interface Situation {
  readonly release: Release;
  readonly infra: Infra;
  readonly state: DeployState;
  /** Of the state object; null: there is none. */
  readonly stateEtag: string | null;
  readonly pointer: Pointer | null;
  readonly pointerEtag: string | null;
  readonly plan: Plan;
}

export type Look = { readonly situation: Situation } | { readonly violations: readonly Violation[] };

/** Reads what there is and plans: three reads where nothing changed. */
export async function look(request: PlanRequest, bucket: ReleaseBucket): Promise<Look> {
  const opened = openRelease(request.artifacts);
  if ('violations' in opened) return opened;
  const { release } = opened;
  try {
    return await lookAt(release, request, bucket);
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    return { violations: [signedOut(`account ${release.task.aws.account}`)] };
  }
}

async function lookAt(release: Release, request: PlanRequest, bucket: ReleaseBucket): Promise<Look> {
  const { environment } = release;
  const [infraStored, stored, pointed] = await Promise.all([
    bucket.read(infraObject(environment)),
    bucket.read(stateObject(environment)),
    bucket.read(pointerObject(environment)),
  ]);
  const published = readInfra(environment, infraStored?.text ?? null);
  if ('violations' in published) return published;
  const { infra } = published;
  const records = readRecords(infra, stored?.text ?? null, pointed?.text ?? null);
  const violations = [...checkPreconditions(release, infra, bucket.name), ...records.violations];
  if (violations.length > 0) return { violations };
  const { pointer } = records;
  const settled = await settleIntents(request.aws.cognito, infra, release, records.state);
  if (settled.violations.length > 0) return { violations: settled.violations };
  const { state } = settled;
  const previous = await readPrevious(bucket, release, state);
  if ('violations' in previous) return previous;
  const { artifacts } = previous;
  const made = plan({ desired: release, infra, state, pointer, previous: artifacts, today: request.today });
  const etags = { stateEtag: stored?.etag ?? null, pointerEtag: pointed?.etag ?? null };
  return { situation: { release, infra, state, pointer, ...etags, plan: made } };
}

/** Under the lock: what was seen before it still holds unless the state was written since. */
export async function lookAgain(request: PlanRequest, bucket: ReleaseBucket, before: Situation): Promise<Look> {
  const stored = await bucket.read(stateObject(before.release.environment));
  return (stored?.etag ?? null) === before.stateEtag ? { situation: before } : look(request, bucket);
}

type Previous = { readonly artifacts: PreviousArtifacts } | { readonly violations: readonly Violation[] };

/** Only of those artifacts that differ, so that a plan reads as much as changed. */
async function readPrevious(bucket: ReleaseBucket, release: Release, { applied }: DeployState): Promise<Previous> {
  if (applied === null || applied.release === release.id) return { artifacts: {} };
  const differing = releaseArtifacts.filter((name) => {
    const before = applied.artifacts[name];
    return before !== undefined && before !== release.digests[name];
  });
  const violations: Violation[] = [];
  const read = async (name: ReleaseArtifact): Promise<[ReleaseArtifact, string][]> => {
    const key = releaseObject(applied.release, name);
    const stored = await bucket.read(key);
    if (stored === null) return [];
    if (sha256(stored.text) === applied.artifacts[name]) return [[name, stored.text]];
    violations.push({ code: 'release-damaged', reason: `${key} is not what was uploaded`, fix: restore });
    return [];
  };
  const artifacts = Object.fromEntries((await Promise.all(differing.map(read))).flat());
  return violations.length > 0 ? { violations } : { artifacts };
}
