import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs';
import type { Task } from '../contract/artifacts/task.ts';
import { canonicalText, type Json, sortedKeys } from '../contract/canonical.ts';
import type { Infra } from '../contract/infra.ts';
import { sha256 } from './sha256.ts';

export interface TaskDefinition {
  /** Names the content: two requests with one digest are one task definition. */
  readonly digest: string;
  readonly request: RegisterTaskDefinitionCommandInput;
  readonly bytes: number;
}

/** ECS takes 64 KiB; the rest is for what it adds itself. */
export const largestRequest = 60 * 1024;

/** A label of the task definition itself: unlike a tag it cannot change, so a revision can be known again by it. */
export const digestLabel = 'gatewright.definition';

/** From a linked task.json and the names that Terraform made. */
export function taskDefinition(task: Task, infra: Infra): TaskDefinition {
  const unlabelled: RegisterTaskDefinitionCommandInput = {
    family: infra.taskFamily,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: infra.cpu,
    memory: infra.memory,
    executionRoleArn: infra.executionRoleArn,
    taskRoleArn: infra.taskRoleArn,
    volumes: task.volumes.map((name) => ({ name })),
    containerDefinitions: task.containers.map((container) => containerDefinition(container, infra)),
  };
  const digest = sha256(canonicalText(unlabelled as unknown as Json));
  const labelled = (unlabelled.containerDefinitions ?? []).map((container) => ({
    ...container,
    dockerLabels: { ...container.dockerLabels, [digestLabel]: digest },
  }));
  const request = { ...unlabelled, containerDefinitions: labelled };
  return { digest, request, bytes: Buffer.byteLength(JSON.stringify(request)) };
}

function containerDefinition(container: Task['containers'][number], infra: Infra): ContainerDefinition {
  return {
    name: container.name,
    image: container.image,
    essential: container.essential,
    ...(container.command.length === 0 ? {} : { command: container.command }),
    dockerLabels: container.labels,
    portMappings: container.ports.map((containerPort) => ({ containerPort, protocol: 'tcp' as const })),
    environment: sortedKeys(container.environment).map((name) => ({ name, value: container.environment[name] ?? '' })),
    secrets: sortedKeys(container.secrets).map((name) => ({ name, valueFrom: container.secrets[name] ?? '' })),
    dependsOn: container.dependsOn.map(({ container: containerName, condition }) => ({ containerName, condition })),
    mountPoints: container.mounts.map(({ volume, path, readOnly }) => ({
      sourceVolume: volume,
      containerPath: path,
      readOnly,
    })),
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': infra.logGroup,
        'awslogs-region': infra.region,
        'awslogs-stream-prefix': container.name,
      },
    },
  };
}
