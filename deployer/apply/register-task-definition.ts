import type { TaskDefinition as EcsTaskDefinition } from '@aws-sdk/client-ecs';
import { Halt, isAwsError, mayHaveHappened } from '../failure.ts';
import { digestLabel, type TaskDefinition } from '../task-definition.ts';
import type { Session } from './session.ts';

export interface Registered {
  readonly arn: string;
  /** False: it is the latest revision of its family already, and a service may have run it. */
  readonly fresh: boolean;
}

const attempts = 5;

/** Revisions are never freed: the latest one is used again where it is the same. */
export async function registerTaskDefinition(session: Session, definition: TaskDefinition): Promise<Registered> {
  const { aws, sleep } = session.request;
  for (let attempt = 1; ; attempt += 1) {
    const latest = await latestRevision(session);
    if (latest?.taskDefinitionArn !== undefined && digestOf(latest) === definition.digest) {
      return { arn: latest.taskDefinitionArn, fresh: false };
    }
    try {
      const { taskDefinition } = await aws.ecsOnce.registerTaskDefinition(definition.request);
      const arn = taskDefinition?.taskDefinitionArn;
      if (arn === undefined) throw new Halt('ECS answered without a task definition', 'run the deploy again');
      return { arn, fresh: true };
    } catch (error) {
      if (attempt === attempts || !(mayHaveHappened(error) || isAwsError(error, 'ThrottlingException'))) throw error;
      await sleep(500);
    }
  }
}

async function latestRevision({ request, situation }: Session): Promise<EcsTaskDefinition | null> {
  try {
    const answer = await request.aws.ecs.describeTaskDefinition({ taskDefinition: situation.infra.taskFamily });
    return answer.taskDefinition ?? null;
  } catch (error) {
    // A family without an active revision.
    if (isAwsError(error, 'ClientException')) return null;
    throw error;
  }
}

function digestOf(definition: EcsTaskDefinition): string | undefined {
  const labels = (definition.containerDefinitions ?? []).map((container) => container.dockerLabels?.[digestLabel]);
  return labels.find((label) => label !== undefined);
}
