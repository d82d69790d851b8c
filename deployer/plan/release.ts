import type { Json } from '../../contract/canonical.ts';
import type { Infra } from '../../contract/infra.ts';
import type { ClientKey } from '../../contract/vocabulary.ts';
import { type LinkedRelease, type LinkOutcome, linkRelease } from '../link-release.ts';
import type { Violation } from '../violation.ts';
import type { MovePointer, RollOut, UploadRelease } from './action.ts';
import type { ClientPlan } from './clients.ts';
import type { PlanInput } from './input.ts';

type ReleaseAction = UploadRelease | RollOut | MovePointer;

export interface ReleasePlan {
  readonly actions: readonly ReleaseAction[];
  readonly refused: readonly Violation[];
}

/** What the release itself needs: its upload, a roll-out of the linked config, the pointer. */
export function planRelease(input: PlanInput, clients: ClientPlan): ReleasePlan {
  const linked = linkIfKnown(input, clients);
  if (linked !== null && 'violations' in linked) return { actions: [], refused: linked.violations };
  const rollOuts = planRollOut(input, linked?.value ?? null);
  const actions = [...planUpload(input), ...rollOuts, ...planPointer(input, rollOuts.length > 0)];
  return { actions, refused: [] };
}

function planUpload({ desired, state }: PlanInput): UploadRelease[] {
  const before = state.applied?.release ?? null;
  if (before === desired.id) return [];
  const reason = before === null ? 'nothing was deployed yet' : 'its artifacts differ from the release that runs';
  return [{ kind: 'upload-release', key: desired.id, before, after: desired.id, risk: 'safe', reasons: [reason] }];
}

function planRollOut(input: PlanInput, linked: LinkedRelease | null): RollOut[] {
  const { infra, state } = input;
  const before = state.applied === null ? null : { linked: state.applied.linked, definition: state.applied.definition };
  const after = { linked: linked?.linked ?? null, definition: linked?.definition.digest ?? null };
  const reasons = rollOutReasons(input, before, after);
  if (reasons.length === 0) return [];
  return [{ kind: 'roll-out', key: serviceOf(infra), before, after, risk: 'safe', reasons }];
}

interface Running {
  readonly linked: string | null;
  readonly definition: string | null;
}

function rollOutReasons(
  { desired, infra, state, pointer }: PlanInput,
  before: Running | null,
  after: Running,
): string[] {
  const { applied } = state;
  if (applied === null || before === null) return ['nothing was deployed yet'];
  if (state.rollingOut) return ['how an earlier roll-out ended is not known'];
  if (applied.service !== serviceOf(infra)) return [`the service was ${applied.service}, which goes on as it is`];
  if (pointer?.linked !== applied.linked || pointer.taskDefinition !== applied.taskDefinition) {
    return ['current.json names something else than what was rolled out last'];
  }
  if (after.linked === null) return ['the gateway learns the ids of new clients'];
  if (after.linked !== before.linked) {
    const sameRelease = applied.release === desired.id;
    return [sameRelease ? 'ids or names that the config takes in have changed' : 'the config changed'];
  }
  return after.definition === before.definition ? [] : ['the task definition changed'];
}

export function serviceOf({ cluster, service }: Infra): string {
  return `${cluster}/${service}`;
}

/** Null while a client is still to be created: its id is part of the config. */
function linkIfKnown({ desired, infra }: PlanInput, { origins }: ClientPlan): LinkOutcome | null {
  const ids: Record<ClientKey, string> = {};
  for (const key of Object.keys(desired.clients.clients)) {
    const id = origins.get(key)?.record.id;
    if (id === undefined) return null;
    ids[key] = id;
  }
  return linkRelease(desired, infra, ids);
}

function planPointer({ desired, state, pointer }: PlanInput, rollsOut: boolean): MovePointer[] {
  if (pointer?.release === desired.id && !rollsOut && state.applied?.release === desired.id) return [];
  const before: Json = pointer === null ? null : pointer.release;
  const reason = pointer?.release === desired.id ? 'it names another roll-out of this release' : 'it names what runs';
  const key = desired.environment;
  return [{ kind: 'move-pointer', key, before, after: desired.id, risk: 'safe', reasons: [reason] }];
}
