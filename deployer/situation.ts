import { type ReleaseArtifact, releaseArtifacts } from '../contract/artifacts/artifacts.ts';
import type { Infra } from '../contract/infra.ts';
import type { ReleaseBucket } from './bucket.ts';
import { infraObject, pointerObject, releaseObject, stateObject } from './bucket-layout.ts';
import type { PlanRequest } from './deploy-input.ts';
import type { PreviousArtifacts } from './plan/artifact-changes.ts';
import { type Plan, plan } from './plan.ts';
import { checkPreconditions, readInfra } from './preconditions.ts';
import { openRelease, type Release } from './release.ts';
import { settleIntents } from './settle-intents.ts';
import { type DeployState, type Pointer, pointerSchema, stateSchema } from './state.ts';
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
  const { environment } = release;
  const [infraStored, stored, pointed] = await Promise.all([
    bucket.read(infraObject(environment)),
    bucket.read(stateObject(environment)),
    bucket.read(pointerObject(environment)),
  ]);
  const published = readInfra(environment, infraStored?.text ?? null);
  if ('violations' in published) return published;
  const { infra } = published;
  const violations = checkPreconditions(release, infra);
  const recorded = parse(stateSchema, 'state.json', environment, stored?.text ?? null);
  const pointer = parse(pointerSchema, 'current.json', environment, pointed?.text ?? null);
  if (violations.length > 0 || 'violation' in recorded || 'violation' in pointer) {
    return { violations: [...violations, ...[recorded, pointer].flatMap((each) => each.violation ?? [])] };
  }
  const settled = await settleIntents(request.aws.cognito, infra, release, recorded.value);
  if (settled.violations.length > 0) return { violations: settled.violations };
  const { state } = settled;
  const previous = await readPrevious(bucket, release, state);
  const made = plan({ desired: release, infra, state, pointer: pointer.value, previous, date: request.date });
  const etags = { stateEtag: stored?.etag ?? null, pointerEtag: pointed?.etag ?? null };
  return { situation: { release, infra, state, pointer: pointer.value, ...etags, plan: made } };
}

/** Under the lock: what was seen before it still holds unless the state was written since. */
export async function lookAgain(request: PlanRequest, bucket: ReleaseBucket, before: Situation): Promise<Look> {
  const stored = await bucket.read(stateObject(before.release.environment));
  return (stored?.etag ?? null) === before.stateEtag ? { situation: before } : look(request, bucket);
}

/** Only of those artifacts that differ, so that a plan reads as much as changed. */
async function readPrevious(bucket: ReleaseBucket, release: Release, state: DeployState): Promise<PreviousArtifacts> {
  const { applied } = state;
  if (applied === null || applied.release === release.id) return {};
  const differing = releaseArtifacts.filter((name) => applied.artifacts[name] !== release.digests[name]);
  const read = async (name: ReleaseArtifact): Promise<[ReleaseArtifact, string][]> => {
    const stored = await bucket.read(releaseObject(applied.release, name));
    return stored === null ? [] : [[name, stored.text]];
  };
  return Object.fromEntries((await Promise.all(differing.map(read))).flat());
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: readonly Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Parsed<T> = { readonly value: T | null; readonly violation?: never } | { readonly violation: Violation };

function parse<T extends { environment: string }>(
  schema: Schema<T>,
  name: string,
  environment: string,
  text: string | null,
): Parsed<T> {
  if (text === null) return { value: null };
  const fix = `restore an earlier version of environments/${environment}/${name}`;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success && parsed.data.environment === environment) return { value: parsed.data };
    const issue = parsed.success ? undefined : parsed.error.issues[0];
    const problem = issue === undefined ? 'another environment' : `${issue.path.join('.')}: ${issue.message}`;
    return { violation: { code: 'state-invalid', reason: `${name} is not valid: ${problem}`, fix } };
  } catch {
    return { violation: { code: 'state-invalid', reason: `${name} is no JSON`, fix } };
  }
}
