import { Halt } from '../failure.ts';
import type { Registered } from './register-task-definition.ts';
import { deploymentsOf } from './service-deployments.ts';
import type { Session } from './session.ts';
import { type Verdict, watch } from './watch.ts';

const failures: ReadonlySet<string> = new Set(['STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']);

/**
 * Makes the service run our task definition and waits for the end of that deployment. A deployment of it that is under
 * way, or ended well, is not started again: an earlier apply may have been interrupted while it watched.
 */
export async function rollOut(session: Session, { arn, fresh }: Registered): Promise<Verdict> {
  if (fresh) {
    await updateService(session, arn, false);
    return watch(session, arn, new Set());
  }
  const { aws } = session.request;
  const { infra } = session.situation;
  const earlier = await deploymentsOf(aws, infra, arn);
  const runs = (await currentTaskDefinition(session)) === arn;
  const latest = earlier[0];
  if (runs && latest !== undefined && !failures.has(latest.status)) {
    return watch(session, arn, new Set(earlier.slice(1).map((each) => each.arn)));
  }
  await updateService(session, arn, runs);
  return watch(session, arn, new Set(earlier.map((each) => each.arn)));
}

async function updateService(session: Session, taskDefinition: string, force: boolean): Promise<void> {
  const { request, situation, lock } = session;
  const { cluster, service } = situation.infra;
  await lock.verify();
  const again = force ? { forceNewDeployment: true } : {};
  await request.aws.ecs.updateService({ cluster, service, taskDefinition, ...again });
}

async function currentTaskDefinition({ request, situation }: Session): Promise<string | undefined> {
  const { cluster, service } = situation.infra;
  const answer = await request.aws.ecs.describeServices({ cluster, services: [service] });
  const found = answer.services?.[0];
  if (found !== undefined) return found.taskDefinition;
  throw new Halt(
    `there is no service ${service} in cluster ${cluster}`,
    'apply the infrastructure of this environment',
  );
}
