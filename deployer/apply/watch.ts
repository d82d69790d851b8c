import type { ServiceDeployment } from '@aws-sdk/client-ecs';
import { defaultWatch } from '../deploy-input.ts';
import type { Failure } from '../failure.ts';
import { deploymentsOf, describeDeployment } from './service-deployments.ts';
import type { Session } from './session.ts';

export type Verdict =
  | { readonly kind: 'successful' }
  | { readonly kind: 'rolled-back' | 'failed'; readonly failure: Failure };

/** Until the service deployment that carries our task definition has ended. `before`: those that existed already. */
export async function watch(session: Session, taskDefinition: string, before: ReadonlySet<string>): Promise<Verdict> {
  const { request, situation } = session;
  const { delayMilliseconds, limit } = request.watch ?? defaultWatch;
  let arn: string | undefined;
  let reported = '';
  for (let looks = 1; looks <= limit; looks += 1) {
    session.goOn();
    await session.lock.keep();
    arn ??= (await deploymentsOf(request.aws, situation.infra, taskDefinition)).find(
      (each) => !before.has(each.arn),
    )?.arn;
    const deployment = arn === undefined ? null : await describeDeployment(request.aws, arn);
    const status = deployment?.status ?? 'PENDING';
    if (status !== reported) {
      request.report({ kind: 'service-deployment', status, reason: deployment?.statusReason ?? null });
      reported = status;
    }
    const verdict = deployment === null ? null : verdictOf(deployment);
    if (verdict !== null) return verdict;
    await request.sleep(delayMilliseconds);
  }
  return { kind: 'failed', failure: { reason: `the service deployment is still ${reported}`, fix: goOn, alarms: [] } };
}

const goOn = 'look at the service; running the deploy again goes on waiting';
const rolledBackFix = 'the previous release runs; correct the cause or revert the change, and deploy again';
const personFix = 'look at the service in ECS: it may run neither release as it should';

/** There is no FAILED: a failure is a rollback, well ended or not, or a stop. Null: it has not ended. */
function verdictOf(deployment: ServiceDeployment): Verdict | null {
  switch (deployment.status) {
    case 'SUCCESSFUL':
      return { kind: 'successful' };
    case 'ROLLBACK_SUCCESSFUL':
      return { kind: 'rolled-back', failure: failureOf(deployment, rolledBackFix) };
    case 'ROLLBACK_FAILED':
    case 'STOPPED':
      return { kind: 'failed', failure: failureOf(deployment, personFix) };
    default:
      return null;
  }
}

function failureOf(deployment: ServiceDeployment, fix: string): Failure {
  const reason = deployment.statusReason ?? deployment.rollback?.reason ?? 'ECS gives no reason';
  return {
    reason: `service deployment ${deployment.status}: ${reason}`,
    fix,
    alarms: deployment.alarms?.triggeredAlarmNames ?? [],
  };
}
