import { seconds } from './context.ts';
import type { Outcome } from './script.ts';

/**
 * How a deployment of a service goes on. Nothing depends on the clock: each description of a running deployment
 * shows its state and then moves it one step.
 */

type Status =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'ROLLBACK_IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED'
  | 'STOPPED';

export interface Revision {
  readonly arn: string;
  readonly taskDefinition: string;
  readonly createdAt: string;
}

export interface ServiceDeployment {
  readonly arn: string;
  /** What the service runs when it ends well. */
  readonly target: string;
  /** Revision that ran before, and to which a failure rolls back; null: the first deployment cannot roll back. */
  readonly source: string | null;
  readonly status: Status;
  readonly statusReason?: string | undefined;
  readonly outcome: Outcome;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly startedAt?: string;
  readonly rollbackAt?: string;
  readonly finishedAt?: string;
}

export interface ServiceRecord {
  readonly arn: string;
  readonly name: string;
  readonly cluster: string;
  readonly clusterArn: string;
  readonly createdAt: string;
  readonly desiredCount: number;
  readonly deploymentConfiguration?: unknown;
  readonly taskDefinition: string;
  readonly revisions: readonly Revision[];
  /** Oldest first. */
  readonly deployments: readonly ServiceDeployment[];
}

export function isRunning({ status }: ServiceDeployment): boolean {
  return ['PENDING', 'IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'].includes(status);
}

const keptDeployments = 100;

/** A new deployment; one that still runs is replaced by it. */
export function startDeployment(
  service: ServiceRecord,
  next: { arn: string; revision: Revision; outcome: Outcome },
): ServiceRecord {
  const now = next.revision.createdAt;
  const replaced = service.deployments.map((deployment) =>
    isRunning(deployment)
      ? {
          ...deployment,
          status: 'STOPPED' as const,
          statusReason: `Replaced by service deployment ${next.arn}.`,
          updatedAt: now,
          finishedAt: now,
        }
      : deployment,
  );
  const started: ServiceDeployment = {
    arn: next.arn,
    target: next.revision.arn,
    source: lastGood(service),
    status: 'PENDING',
    outcome: next.outcome,
    createdAt: now,
    updatedAt: now,
  };
  const deployments = [...replaced, started].slice(-keptDeployments);
  const named = new Set(deployments.flatMap(({ target, source }) => [target, source]));
  const revisions = [...service.revisions.filter(({ arn }) => named.has(arn)), next.revision];
  return { ...service, taskDefinition: next.revision.taskDefinition, revisions, deployments };
}

/** The revision that the last finished deployment left running. */
function lastGood(service: ServiceRecord): string | null {
  for (const { status, target, source } of service.deployments.toReversed()) {
    if (status === 'SUCCESSFUL') return target;
    if (status === 'ROLLBACK_SUCCESSFUL') return source;
  }
  return null;
}

/** The service after one step of its running deployment; the same object when nothing moves. */
export function step(service: ServiceRecord, now: string): ServiceRecord {
  const running = service.deployments.find(isRunning);
  if (running === undefined) return service;
  const status = nextStatus(running);
  if (status === running.status) return service;
  const moved: ServiceDeployment = {
    ...running,
    status,
    updatedAt: now,
    ...(status === 'IN_PROGRESS' ? { startedAt: now } : {}),
    ...(status === 'ROLLBACK_IN_PROGRESS' ? { rollbackAt: now } : {}),
    ...(isRunning({ ...running, status }) ? {} : { finishedAt: now }),
    ...(status === 'IN_PROGRESS' || status === 'SUCCESSFUL' ? {} : { statusReason: reasonOf(running, status) }),
  };
  const deployments = service.deployments.map((deployment) => (deployment === running ? moved : deployment));
  const back = service.revisions.find(({ arn }) => status === 'ROLLBACK_IN_PROGRESS' && arn === running.source);
  return { ...service, deployments, taskDefinition: back?.taskDefinition ?? service.taskDefinition };
}

function nextStatus({ status, outcome, source }: ServiceDeployment): Status {
  if (status === 'PENDING') return 'IN_PROGRESS';
  if (outcome.outcome === 'hang') return status;
  if (status === 'ROLLBACK_IN_PROGRESS') return outcome.outcome;
  if (outcome.outcome === 'SUCCESSFUL' || outcome.outcome === 'STOPPED') return outcome.outcome;
  return source === null ? 'STOPPED' : 'ROLLBACK_IN_PROGRESS';
}

function reasonOf({ outcome }: ServiceDeployment, status: Status): string {
  if (outcome.statusReason !== undefined) return outcome.statusReason;
  if ((outcome.triggeredAlarmNames ?? []).length > 0) return 'Service deployment rolled back because of alarm(s).';
  if (status === 'STOPPED') return 'Service deployment stopped: tasks failed to start.';
  return 'Service deployment rolled back because the circuit breaker threshold was exceeded.';
}

export function describeDeployment(service: ServiceRecord, deployment: ServiceDeployment): object {
  const { status, outcome, rollbackAt, source } = deployment;
  const alarms = outcome.triggeredAlarmNames ?? [];
  const triggered = rollbackAt !== undefined && alarms.length > 0;
  return {
    ...briefDeployment(service, deployment),
    targetServiceRevisionArn: undefined,
    updatedAt: seconds(deployment.updatedAt),
    ...(status === 'STOPPED' ? { stoppedAt: seconds(deployment.updatedAt) } : {}),
    sourceServiceRevisions: source === null ? [] : [{ arn: source, ...counts(service, status !== 'SUCCESSFUL') }],
    targetServiceRevision: { arn: deployment.target, ...counts(service, status === 'SUCCESSFUL') },
    deploymentCircuitBreaker: { status: 'MONITORING', failureCount: 0, threshold: 3 },
    ...(alarms.length === 0
      ? {}
      : {
          alarms: {
            status: triggered ? 'TRIGGERED' : 'MONITORING',
            alarmNames: alarms,
            triggeredAlarmNames: triggered ? alarms : [],
          },
        }),
    ...(rollbackAt === undefined
      ? {}
      : { rollback: { reason: deployment.statusReason, startedAt: seconds(rollbackAt), serviceRevisionArn: source } }),
  };
}

export function briefDeployment(service: ServiceRecord, deployment: ServiceDeployment): object {
  return {
    serviceDeploymentArn: deployment.arn,
    serviceArn: service.arn,
    clusterArn: service.clusterArn,
    targetServiceRevisionArn: deployment.target,
    status: deployment.status,
    statusReason: deployment.statusReason,
    createdAt: seconds(deployment.createdAt),
    ...(deployment.startedAt === undefined ? {} : { startedAt: seconds(deployment.startedAt) }),
    ...(deployment.finishedAt === undefined ? {} : { finishedAt: seconds(deployment.finishedAt) }),
  };
}

function counts({ desiredCount }: ServiceRecord, carries: boolean): object {
  return { requestedTaskCount: desiredCount, runningTaskCount: carries ? desiredCount : 0, pendingTaskCount: 0 };
}

export function describeService(service: ServiceRecord): object {
  const latest = service.deployments.at(-1);
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.clusterArn,
    status: 'ACTIVE',
    desiredCount: service.desiredCount,
    runningCount: service.desiredCount,
    pendingCount: 0,
    launchType: 'FARGATE',
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: 'ECS' },
    deploymentConfiguration: service.deploymentConfiguration,
    taskDefinition: service.taskDefinition,
    createdAt: seconds(service.createdAt),
    currentServiceDeployment: latest?.arn,
    deployments: rollouts(service),
    events: [],
  };
}

/** The older view of the same: while one deployment runs, the revision before it is still ACTIVE. */
function rollouts(service: ServiceRecord): object[] {
  const latest = service.deployments.at(-1);
  if (latest === undefined) return [];
  const running = isRunning(latest);
  const rolloutState = running ? 'IN_PROGRESS' : latest.status === 'STOPPED' ? 'FAILED' : 'COMPLETED';
  const entry = (revision: string | undefined, status: string, state: string, carries: boolean) => ({
    id: `ecs-svc/${revision?.split('/').at(-1)}`,
    status,
    taskDefinition: service.revisions.find(({ arn }) => arn === revision)?.taskDefinition,
    desiredCount: service.desiredCount,
    runningCount: carries ? service.desiredCount : 0,
    pendingCount: 0,
    failedTasks: 0,
    rolloutState: state,
  });
  const back = latest.rollbackAt !== undefined && latest.source !== null;
  const primary = back ? (latest.source ?? undefined) : latest.target;
  const older = back ? latest.target : latest.source;
  const list = [entry(primary, 'PRIMARY', rolloutState, !running)];
  if (running && older !== null && older !== primary) list.push(entry(older, 'ACTIVE', 'COMPLETED', true));
  return list;
}
