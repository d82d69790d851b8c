import { z } from 'zod';
import { AwsError } from './answers.ts';
import { type JsonService, type Operation, operation } from './aws-json.ts';
import { arn, type Context, decodePageToken, encodePageToken, seconds } from './context.ts';
import type { Outcome } from './script.ts';
import {
  briefDeployment,
  describeDeployment,
  describeService,
  isRunning,
  type Revision,
  type ServiceRecord,
  startDeployment,
  step,
} from './service-deployment.ts';
import type { Collection } from './store.ts';
import {
  checkTaskDefinition,
  describeTaskDefinition,
  type RegisterInput,
  registerInput,
  type TaskDefinitionRecord,
} from './task-definition.ts';

const cluster = { cluster: z.string().default('default') };
const updateInput = z.object({
  ...cluster,
  service: z.string(),
  taskDefinition: z.string().optional(),
  desiredCount: z.int().nonnegative().optional(),
  deploymentConfiguration: z.looseObject({}).optional(),
  forceNewDeployment: z.boolean().default(false),
});
const listInput = z.object({
  ...cluster,
  service: z.string(),
  status: z.array(z.string()).optional(),
  nextToken: z.string().optional(),
  maxResults: z.int().min(1).max(100).default(100),
});

interface Cluster {
  readonly name: string;
}

export class Ecs implements JsonService {
  readonly name = 'ecs';
  readonly target = 'AmazonEC2ContainerServiceV20141113';
  readonly invalidCode = 'ClientException';
  readonly operations: Readonly<Record<string, Operation>>;
  readonly clusters: Collection<Cluster>;
  readonly services: Collection<ServiceRecord>;
  readonly #context: Context;
  readonly #definitions: Collection<TaskDefinitionRecord>;

  constructor(context: Context) {
    this.#context = context;
    this.clusters = context.store.collection<Cluster>('ecs/clusters', ({ name }) => name);
    this.services = context.store.collection<ServiceRecord>('ecs/services', (service) => serviceId(service));
    this.#definitions = context.store.collection<TaskDefinitionRecord>(
      'ecs/task-definitions',
      ({ family, revision }) => `${family}.${revision}`,
    );
    this.operations = { ...this.#definitionOperations(), ...this.#serviceOperations() };
  }

  #definitionOperations(): Record<string, Operation> {
    const one = z.object({ taskDefinition: z.string(), include: z.array(z.string()).default([]) });
    return {
      RegisterTaskDefinition: operation(
        registerInput,
        (input) => input.family,
        (input, body) => {
          const record = this.register(input, Buffer.byteLength(JSON.stringify(body)));
          return { taskDefinition: describeTaskDefinition(record), tags: record.tags ?? [] };
        },
      ),
      DescribeTaskDefinition: operation(
        one,
        (input) => input.taskDefinition,
        (input) => {
          const record = this.#definition(input.taskDefinition);
          if (record === undefined) throw new AwsError('ClientException', 'Unable to describe task definition.');
          const tags = input.include.includes('TAGS') ? { tags: record.tags ?? [] } : {};
          return { taskDefinition: describeTaskDefinition(record), ...tags };
        },
      ),
      DeregisterTaskDefinition: operation(
        one,
        (input) => input.taskDefinition,
        (input) => {
          const record = input.taskDefinition.includes(':') ? this.#definition(input.taskDefinition) : undefined;
          if (record === undefined)
            throw new AwsError('ClientException', 'The specified task definition does not exist.');
          const inactive: TaskDefinitionRecord = { ...record, status: 'INACTIVE' };
          this.#definitions.put(inactive);
          return { taskDefinition: describeTaskDefinition(inactive) };
        },
      ),
    };
  }

  #serviceOperations(): Record<string, Operation> {
    const ofService = (input: { cluster: string; service: string }) => `${input.cluster}/${input.service}`;
    const several = z.object({ ...cluster, services: z.array(z.string()).min(1).max(10) });
    const deployments = z.object({ serviceDeploymentArns: z.array(z.string()).min(1).max(20) });
    const revisions = z.object({ serviceRevisionArns: z.array(z.string()).min(1).max(20) });
    return {
      DescribeServices: operation(
        several,
        (input) => input.services.join(','),
        (input) => this.#describeServices(input.cluster, input.services),
      ),
      UpdateService: operation(updateInput, ofService, (input) => ({ service: this.#update(input) })),
      ListServiceDeployments: operation(listInput, ofService, (input) => this.#listDeployments(input)),
      DescribeServiceDeployments: operation(
        deployments,
        (input) => input.serviceDeploymentArns.join(','),
        (input) => this.#describeDeployments(input.serviceDeploymentArns),
      ),
      DescribeServiceRevisions: operation(
        revisions,
        (input) => input.serviceRevisionArns.join(','),
        (input) => this.#describeRevisions(input.serviceRevisionArns),
      ),
    };
  }

  register(input: RegisterInput, requestBytes: number): TaskDefinitionRecord {
    checkTaskDefinition(input, requestBytes);
    const { tags, ...definition } = input;
    const revisions = this.#definitions.values().filter(({ family }) => family === input.family);
    const revision = Math.max(0, ...revisions.map((record) => record.revision)) + 1;
    const record: TaskDefinitionRecord = {
      arn: arn(this.#context, 'ecs', `task-definition/${input.family}:${revision}`),
      family: input.family,
      revision,
      status: 'ACTIVE',
      registeredAt: this.#context.now().toISOString(),
      tags,
      definition,
    };
    this.#definitions.put(record);
    return record;
  }

  /** By `family` (the latest active revision), `family:revision` or ARN. */
  #definition(id: string): TaskDefinitionRecord | undefined {
    const [, family, revision] = /^(?:arn:[^/]*\/)?([\w-]+)(?::(\d+))?$/.exec(id) ?? [];
    if (family === undefined) return undefined;
    if (revision !== undefined) {
      const record = this.#definitions.get(`${family}.${Number(revision)}`);
      return !id.startsWith('arn:') || record?.arn === id ? record : undefined;
    }
    const active = this.#definitions.values().filter((each) => each.family === family && each.status === 'ACTIVE');
    return active.sort((a, b) => a.revision - b.revision).at(-1);
  }

  #service(clusterText: string, serviceText: string): ServiceRecord {
    const id = this.#identify(clusterText, serviceText);
    const service = this.services.get(serviceId(id));
    if (service === undefined) throw new AwsError('ServiceNotFoundException', 'Service not found.');
    return service;
  }

  #identify(clusterText: string, serviceText: string): { cluster: string; name: string } {
    const found = { cluster: lastPart(clusterText), name: lastPart(serviceText) };
    if (this.clusters.get(found.cluster) !== undefined) return found;
    throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  }

  #update(input: z.infer<typeof updateInput>): object {
    const service = this.#service(input.cluster, input.service);
    const wanted = this.#definition(input.taskDefinition ?? service.taskDefinition);
    if (wanted?.status !== 'ACTIVE') throw new AwsError('ClientException', 'TaskDefinition not found.');
    const settings = {
      ...service,
      desiredCount: input.desiredCount ?? service.desiredCount,
      deploymentConfiguration: input.deploymentConfiguration ?? service.deploymentConfiguration,
    };
    const starts = input.forceNewDeployment || wanted.arn !== service.taskDefinition;
    const after = starts ? this.deploy(settings, wanted.arn, this.#context.script.nextOutcome()) : settings;
    this.services.put(after);
    return describeService(after);
  }

  /** The service with one more deployment; the caller writes it. */
  deploy(service: ServiceRecord, taskDefinition: string, outcome: Outcome): ServiceRecord {
    const place = `${service.cluster}/${service.name}`;
    const revision: Revision = {
      arn: arn(this.#context, 'ecs', `service-revision/${place}/${this.#context.id()}`),
      taskDefinition,
      createdAt: this.#context.now().toISOString(),
    };
    const deploymentArn = arn(this.#context, 'ecs', `service-deployment/${place}/${this.#context.id()}`);
    return startDeployment(service, { arn: deploymentArn, revision, outcome });
  }

  #advance(service: ServiceRecord): void {
    const after = step(service, this.#context.now().toISOString());
    if (after !== service) this.services.put(after);
  }

  #describeServices(clusterText: string, names: readonly string[]): object {
    const ids = names.map((name) => ({ name, id: this.#identify(clusterText, name) }));
    const found = ids.map(({ name, id }) => ({ name, service: this.services.get(serviceId(id)) }));
    const services = found.flatMap(({ service }) => (service === undefined ? [] : [service]));
    const missing = found.filter(({ service }) => service === undefined);
    for (const service of services) this.#advance(service);
    return { services: services.map(describeService), failures: missing.map(({ name }) => failure(name)) };
  }

  #listDeployments(input: z.infer<typeof listInput>): object {
    const service = this.#service(input.cluster, input.service);
    const wanted = service.deployments.toReversed().filter(({ status }) => input.status?.includes(status) ?? true);
    const after = input.nextToken === undefined ? undefined : decodePageToken(input.nextToken);
    const start = after === undefined ? 0 : wanted.findIndex((deployment) => deployment.arn === after) + 1;
    const page = wanted.slice(start, start + Math.min(input.maxResults, this.#context.pageSize));
    const last = page.at(-1);
    const more = start + page.length < wanted.length && last !== undefined;
    return {
      serviceDeployments: page.map((deployment) => briefDeployment(service, deployment)),
      ...(more ? { nextToken: encodePageToken(last.arn) } : {}),
    };
  }

  #describeDeployments(arns: readonly string[]): object {
    const all = this.services.values().flatMap((service) => service.deployments.map((each) => ({ service, each })));
    const found = all.filter(({ each }) => arns.includes(each.arn));
    const missing = arns.filter((wanted) => !found.some(({ each }) => each.arn === wanted));
    for (const { service, each } of found) if (isRunning(each)) this.#advance(service);
    return {
      serviceDeployments: found.map(({ service, each }) => describeDeployment(service, each)),
      failures: missing.map(failure),
    };
  }

  #describeRevisions(arns: readonly string[]): object {
    const all = this.services.values().flatMap((service) => service.revisions.map((each) => ({ service, each })));
    const found = all.filter(({ each }) => arns.includes(each.arn));
    const missing = arns.filter((wanted) => !found.some(({ each }) => each.arn === wanted));
    return {
      serviceRevisions: found.map(({ service, each }) => ({
        serviceRevisionArn: each.arn,
        serviceArn: service.arn,
        clusterArn: service.clusterArn,
        taskDefinition: each.taskDefinition,
        launchType: 'FARGATE',
        createdAt: seconds(each.createdAt),
      })),
      failures: missing.map(failure),
    };
  }
}

function serviceId({ cluster: clusterName, name }: { cluster: string; name: string }): string {
  return `${clusterName}/${name}`;
}

function lastPart(id: string): string {
  return id.split('/').at(-1) ?? id;
}

function failure(id: string): object {
  return { arn: id, reason: 'MISSING' };
}
