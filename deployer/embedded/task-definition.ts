import { z } from 'zod';
import { AwsError } from './answers.ts';

const dependency = z.object({
  containerName: z.string(),
  condition: z.enum(['START', 'COMPLETE', 'SUCCESS', 'HEALTHY']),
});

/** Only what is checked or completed; every other member is kept as it came. */
const container = z.looseObject({
  name: z.string().regex(/^[\w-]{1,255}$/),
  image: z.string().min(1),
  essential: z.boolean().default(true),
  cpu: z.int().default(0),
  environment: z.array(z.looseObject({ name: z.string(), value: z.string() })).default([]),
  secrets: z.array(z.object({ name: z.string(), valueFrom: z.string().min(1) })).optional(),
  dependsOn: z.array(dependency).optional(),
  healthCheck: z.looseObject({ command: z.array(z.string()).min(1) }).optional(),
  mountPoints: z.array(z.looseObject({ sourceVolume: z.string().optional() })).default([]),
  volumesFrom: z.array(z.unknown()).default([]),
  portMappings: z
    .array(z.looseObject({ containerPort: z.int().optional(), hostPort: z.int().optional() }))
    .default([])
    .transform((mappings) =>
      mappings.map((mapping) => ({ protocol: 'tcp', hostPort: mapping.containerPort, ...mapping })),
    ),
});

export const registerInput = z.looseObject({
  family: z.string().regex(/^[\w-]{1,255}$/),
  containerDefinitions: z.array(container).min(1),
  volumes: z.array(z.looseObject({ name: z.string() })).default([]),
  networkMode: z.string().optional(),
  requiresCompatibilities: z.array(z.string()).optional(),
  cpu: z.string().optional(),
  memory: z.string().optional(),
  executionRoleArn: z.string().optional(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).optional(),
});
export type RegisterInput = z.infer<typeof registerInput>;
type Container = RegisterInput['containerDefinitions'][number];

export interface TaskDefinitionRecord {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly registeredAt: string;
  readonly tags: RegisterInput['tags'];
  readonly definition: Omit<RegisterInput, 'tags'>;
}

export function checkTaskDefinition(input: RegisterInput, requestBytes: number): void {
  if (requestBytes > 65_536) throw refusal(`Task definition is ${requestBytes} bytes; the limit is 65536.`);
  const containers = input.containerDefinitions;
  if (containers.length > 10) throw refusal('Too many containers: a task definition has at most 10.');
  if (new Set(containers.map(({ name }) => name)).size < containers.length) {
    throw refusal('Container names must be unique in a task definition.');
  }
  if (!containers.some(({ essential }) => essential)) throw refusal('At least one container must be essential.');
  for (const each of containers) {
    for (const wanted of each.dependsOn ?? []) checkDependency(each, wanted, containers);
    checkMounts(each, input);
  }
  checkFargate(input);
}

function checkDependency(owner: Container, wanted: z.infer<typeof dependency>, containers: readonly Container[]): void {
  const target = containers.find(({ name }) => name === wanted.containerName);
  if (target === undefined || target === owner) {
    throw refusal(`Container ${owner.name} depends on ${wanted.containerName}, which is no other container.`);
  }
  if (target.essential && (wanted.condition === 'COMPLETE' || wanted.condition === 'SUCCESS')) {
    throw refusal(`An essential container (${target.name}) can not have the ${wanted.condition} condition set on it.`);
  }
  if (wanted.condition === 'HEALTHY' && target.healthCheck === undefined) {
    throw refusal(`Container ${target.name} has no health check, which the HEALTHY condition needs.`);
  }
}

function checkMounts(each: Container, input: RegisterInput): void {
  const volumes = input.volumes.map(({ name }) => name);
  const unknown = each.mountPoints.find(({ sourceVolume }) => !volumes.includes(sourceVolume ?? ''));
  if (unknown !== undefined) throw refusal(`Unknown volume '${unknown.sourceVolume}' in container ${each.name}.`);
}

function checkFargate(input: RegisterInput): void {
  if (input.requiresCompatibilities?.includes('FARGATE') !== true) return;
  if (input.networkMode !== 'awsvpc') throw refusal('Fargate only supports network mode awsvpc.');
  if (input.cpu === undefined || input.memory === undefined) {
    throw refusal("Fargate requires that 'cpu' and 'memory' be defined at the task level.");
  }
  const secrets = input.containerDefinitions.some((each) => (each.secrets ?? []).length > 0);
  if (secrets && input.executionRoleArn === undefined) {
    throw refusal('Fargate requires an execution role for container secrets.');
  }
}

export function describeTaskDefinition(record: TaskDefinitionRecord): object {
  return {
    ...record.definition,
    taskDefinitionArn: record.arn,
    revision: record.revision,
    status: record.status,
    compatibilities: ['EC2', 'FARGATE'],
    registeredAt: Date.parse(record.registeredAt) / 1000,
  };
}

function refusal(message: string): AwsError {
  return new AwsError('ClientException', message);
}
