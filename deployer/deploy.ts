import { applyClients } from './apply/app-clients.ts';
import { movePointer } from './apply/move-pointer.ts';
import { recordIntents } from './apply/record-intents.ts';
import { deleteClients, quarantineClients } from './apply/remove-clients.ts';
import { runRelease } from './apply/run-release.ts';
import { Session } from './apply/session.ts';
import { uploadRelease } from './apply/upload-release.ts';
import { ReleaseBucket } from './bucket.ts';
import type { DeployRequest, PlanRequest } from './deploy-input.ts';
import { classify, Interrupted } from './failure.ts';
import { journalId, record } from './journal.ts';
import { clearAbandonedLock, Lock } from './lock.ts';
import type { DeployOutcome, PlanOutcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import { look, lookAgain, type Situation } from './situation.ts';

export type { DeployRequest, PlanRequest } from './deploy-input.ts';
export type { DeployEvent, DeployOutcome, PlanOutcome } from './outcome.ts';

/** What a deploy would do. Reads only, takes no lock. */
export async function planDeploy(request: PlanRequest): Promise<PlanOutcome> {
  try {
    const seen = await look(request, new ReleaseBucket(request.aws.s3, request.releaseBucket));
    if ('violations' in seen) return { kind: 'refused', violations: seen.violations };
    return { kind: 'planned', plan: seen.situation.plan };
  } catch (error) {
    return classifiedOrThrown(error);
  }
}

/** Plans, and does what is planned. Every step may be repeated: a deploy after an interrupted one goes on from there. */
export async function deploy(request: DeployRequest): Promise<DeployOutcome> {
  const bucket = new ReleaseBucket(request.aws.s3, request.releaseBucket);
  let plan: Plan | null = null;
  try {
    const seen = await look(request, bucket);
    if ('violations' in seen) return { kind: 'refused', plan, violations: seen.violations };
    const { environment } = seen.situation.release;
    plan = seen.situation.plan;
    request.report({ kind: 'planned', plan });
    if (plan.refused.length > 0) return { kind: 'refused', plan, violations: plan.refused };
    if (plan.actions.length === 0) {
      await clearAbandonedLock(bucket, environment, request);
      return { kind: 'unchanged', plan };
    }
    if (request.signal?.aborted === true) throw new Interrupted();
    const lock = await Lock.acquire(bucket, environment, request);
    if (!(lock instanceof Lock)) return { kind: 'refused', plan, violations: [lock] };
    return await underLock(request, bucket, lock, seen.situation);
  } catch (error) {
    return outcomeOf(error, plan);
  }
}

/** What was seen before the lock may have moved since. */
async function underLock(
  request: DeployRequest,
  bucket: ReleaseBucket,
  lock: Lock,
  before: Situation,
): Promise<DeployOutcome> {
  try {
    request.report({ kind: 'locked', tookOverFrom: lock.tookOverFrom?.owner.id ?? null });
    const seen = await lookAgain(request, bucket, before);
    if ('violations' in seen) return { kind: 'refused', plan: before.plan, violations: seen.violations };
    const { plan, release } = seen.situation;
    if (plan.refused.length > 0) return { kind: 'refused', plan, violations: plan.refused };
    if (plan.actions.length === 0) return { kind: 'unchanged', plan };
    const began = request.now();
    const deployment = journalId(began, release.id, request.owner.id);
    const session = new Session(request, bucket, seen.situation, lock, deployment);
    const outcome = await apply(session).catch((error) => stopped(session, error));
    await record(session, began, outcome);
    return outcome;
  } finally {
    await unlock(lock, request);
  }
}

/** The whole apply, in order: what creates comes first, what destroys comes last. */
async function apply(session: Session): Promise<DeployOutcome> {
  const { plan } = session.situation;
  await uploadRelease(session);
  await recordIntents(session);
  await applyClients(session);
  const run = await runRelease(session);
  if (run.kind !== 'running') {
    // Clients are as they were made, and the state says so; the release that is applied is still the one before, and
    // after a rollback the service runs it again if it did so when this deploy began.
    if (run.kind === 'rolled-back') session.ledger.rollingOut = session.situation.state.rollingOut;
    await session.ledger.save();
    return { kind: run.kind, plan, failure: run.failure };
  }
  await movePointer(session, run.applied);
  session.ledger.apply(run.applied);
  await quarantineClients(session);
  await deleteClients(session);
  await session.ledger.save();
  const { release, linked, taskDefinition } = run.applied;
  return { kind: 'deployed', plan, deployed: { release, linked, taskDefinition, deployment: session.deployment } };
}

/** A lock that cannot be released ends by itself; the outcome is what counts. */
async function unlock(lock: Lock, { report }: DeployRequest): Promise<void> {
  try {
    await lock.release();
  } catch (error) {
    const classified = classifiedOrThrown(error);
    report({ kind: 'warning', message: `the deploy lock was not released: ${classified.failure.reason}` });
  }
}

/** A deploy that was told to stop records first what it has done. */
async function stopped(session: Session, error: unknown): Promise<DeployOutcome> {
  const { plan } = session.situation;
  try {
    if (error instanceof Interrupted) await session.ledger.save();
    return outcomeOf(error, plan);
  } catch (another) {
    return outcomeOf(another, plan);
  }
}

function outcomeOf(error: unknown, plan: Plan | null): DeployOutcome {
  if (error instanceof Interrupted) return { kind: 'interrupted', plan, failure: error.failure };
  return { ...classifiedOrThrown(error), plan };
}

function classifiedOrThrown(error: unknown): NonNullable<ReturnType<typeof classify>> {
  const classified = classify(error);
  if (classified === null) throw error;
  return classified;
}
