import {
  DeregisterTaskDefinitionCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../deployer/embedded/script.ts';
import { expectError, start } from './harness.ts';

const cluster = 'gatewright-local';
const service = 'gateway';
const gateway = { name: 'gateway', image: 'example.com/gateway@sha256:00' };

async function startEcs(options: Parameters<typeof start>[0] = {}) {
  const { ecs, aws, ...rest } = await start(options);
  const register = async (more: Partial<RegisterTaskDefinitionCommandInput> = {}) => {
    const input = { family: 'gw', containerDefinitions: [gateway], ...more };
    return (await ecs.send(new RegisterTaskDefinitionCommand(input))).taskDefinition ?? {};
  };
  const update = async (more: object) =>
    (await ecs.send(new UpdateServiceCommand({ cluster, service, ...more }))).service ?? {};
  const current = async () =>
    (await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))).services?.[0] ?? {};
  const list = async (more: object = {}) =>
    (await ecs.send(new ListServiceDeploymentsCommand({ cluster, service, ...more }))).serviceDeployments ?? [];
  const deployment = async (arn: string | undefined) => {
    const command = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn ?? ''] });
    return (await ecs.send(command)).serviceDeployments?.[0] ?? {};
  };
  const taskDefinitionOf = async (revision: string | undefined) => {
    const command = new DescribeServiceRevisionsCommand({ serviceRevisionArns: [revision ?? ''] });
    return (await ecs.send(command)).serviceRevisions?.[0]?.taskDefinition;
  };
  /** Deploys a new revision and describes the deployment until its state stays the same. */
  const roll = async (outcome?: Outcome) => {
    if (outcome !== undefined) aws.script({ deployments: [outcome] });
    const { taskDefinitionArn } = await register();
    const { currentServiceDeployment: arn } = await update({ taskDefinition: taskDefinitionArn });
    const states: (string | undefined)[] = [];
    let last = await deployment(arn);
    while (last.status !== states.at(-1)) {
      states.push(last.status);
      last = await deployment(arn);
    }
    return { states, last, taskDefinitionArn };
  };
  return { ...rest, aws, ecs, register, update, current, list, deployment, taskDefinitionOf, roll };
}

describe('task definitions', () => {
  test('a family has ascending revisions, described by family, family:revision and ARN', async () => {
    const { ecs, register } = await startEcs();
    const first = await register({ tags: [{ key: 'release', value: 'r1' }] });
    const second = await register();
    expect([first.revision, second.revision]).toEqual([1, 2]);
    const one = (taskDefinition: string | undefined, more: object = {}) =>
      ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition, ...more }));
    expect((await one('gw')).taskDefinition?.revision).toBe(2);
    expect((await one('gw:1', { include: ['TAGS'] })).tags).toEqual([{ key: 'release', value: 'r1' }]);
    expect((await one(second.taskDefinitionArn)).taskDefinition?.revision).toBe(2);
    for (const id of ['other', 'gw:9', second.taskDefinitionArn?.replace('us-east-1', 'eu-west-1')]) {
      await expectError(one(id), 'ClientException', 400);
    }
  });

  test('a deregistered revision is INACTIVE: no longer the latest, and not deployable', async () => {
    const { ecs, register, update } = await startEcs();
    await register();
    await register();
    await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'gw:2' }));
    const latest = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'gw' }));
    expect(latest.taskDefinition?.revision).toBe(1);
    await expectError(update({ taskDefinition: 'gw:2' }), 'ClientException', 400);
    expect((await register()).revision).toBe(3);
  });

  test('an answer has the defaults of a container filled in', async () => {
    const { register } = await startEcs();
    const { containerDefinitions } = await register({
      containerDefinitions: [{ ...gateway, portMappings: [{ containerPort: 4000 }] }],
    });
    expect(containerDefinitions).toEqual([
      {
        ...gateway,
        cpu: 0,
        essential: true,
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        portMappings: [{ containerPort: 4000, hostPort: 4000, protocol: 'tcp' }],
      },
    ]);
  });

  test('init SUCCESS on a container that is not essential is fine', async () => {
    const { register } = await startEcs();
    const init = { name: 'init', image: 'i', essential: false };
    const dependsOn = [{ containerName: 'init', condition: 'SUCCESS' as const }];
    await register({ containerDefinitions: [init, { ...gateway, dependsOn }] });
  });

  const waitFor = (condition: 'SUCCESS' | 'HEALTHY', containerName = 'init') => [{ containerName, condition }];
  const init = { name: 'init', image: 'i' };
  const refused: [string, Partial<RegisterTaskDefinitionCommandInput>][] = [
    ['more than 64 KiB', { containerDefinitions: [{ ...gateway, command: ['x'.repeat(65_536)] }] }],
    [
      'more than 10 containers',
      { containerDefinitions: Array.from({ length: 11 }, (_, n) => ({ ...gateway, name: `c${n}` })) },
    ],
    ['no container', { containerDefinitions: [] }],
    ['no image', { containerDefinitions: [{ name: 'gateway' }] }],
    ['the same name twice', { containerDefinitions: [gateway, gateway] }],
    ['nothing essential', { containerDefinitions: [{ ...gateway, essential: false }] }],
    [
      'SUCCESS of an essential container',
      { containerDefinitions: [init, { ...gateway, dependsOn: waitFor('SUCCESS') }] },
    ],
    ['HEALTHY without a health check', { containerDefinitions: [init, { ...gateway, dependsOn: waitFor('HEALTHY') }] }],
    ['an unknown dependency', { containerDefinitions: [{ ...gateway, dependsOn: waitFor('SUCCESS', 'nobody') }] }],
    [
      'an unknown volume',
      { containerDefinitions: [{ ...gateway, mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }] }] },
    ],
    ['Fargate without cpu and memory', { requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc' }],
    ['a family with a slash', { family: 'a/b' }],
  ];
  test.each(refused)('refused: %s', async (_title, input) => {
    const { register } = await startEcs();
    await expectError(register(input), 'ClientException', 400);
  });
});

describe('deployments', () => {
  test('PENDING, IN_PROGRESS, SUCCESSFUL: one step for each description', async () => {
    const { roll, current, taskDefinitionOf } = await startEcs();
    const { states, last, taskDefinitionArn } = await roll();
    expect(states).toEqual(['PENDING', 'IN_PROGRESS', 'SUCCESSFUL']);
    expect(await taskDefinitionOf(last.targetServiceRevision?.arn)).toBe(taskDefinitionArn);
    expect(await current()).toMatchObject({
      taskDefinition: taskDefinitionArn,
      currentServiceDeployment: last.serviceDeploymentArn,
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', taskDefinition: taskDefinitionArn }],
    });
  });

  test('DescribeServices moves it as well, and shows both revisions meanwhile', async () => {
    const { register, update, current } = await startEcs();
    const { taskDefinitionArn } = await register();
    const before = await current();
    await update({ taskDefinition: taskDefinitionArn });
    const during = await current();
    expect(during.deployments?.map((each) => [each.status, each.taskDefinition, each.rolloutState])).toEqual([
      ['PRIMARY', taskDefinitionArn, 'IN_PROGRESS'],
      ['ACTIVE', before.taskDefinition, 'COMPLETED'],
    ]);
    await current();
    expect((await current()).deployments).toHaveLength(1);
  });

  test('ROLLBACK_SUCCESSFUL with alarms: the service is back on the revision before', async () => {
    const { roll, current } = await startEcs();
    const good = await roll();
    const bad = await roll({ outcome: 'ROLLBACK_SUCCESSFUL', triggeredAlarmNames: ['gateway-5xx'] });
    expect(bad.states).toEqual(['PENDING', 'IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL']);
    expect(bad.last).toMatchObject({
      alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['gateway-5xx'] },
      rollback: { serviceRevisionArn: good.last.targetServiceRevision?.arn },
    });
    expect(bad.last.statusReason).toContain('alarm');
    const now = await current();
    expect(now.taskDefinition).toBe(good.taskDefinitionArn);
    // The trap for a stability waiter: one deployment, all running, and not ours.
    expect(now.deployments?.map((each) => each.taskDefinition)).toEqual([good.taskDefinitionArn]);
    expect((await roll()).states.at(-1)).toBe('SUCCESSFUL');
  });

  test('ROLLBACK_FAILED, STOPPED and a hang, each with the scripted reason', async () => {
    const { roll, current } = await startEcs();
    const failed = await roll({ outcome: 'ROLLBACK_FAILED', statusReason: 'no capacity' });
    expect([failed.states.at(-1), failed.last.statusReason]).toEqual(['ROLLBACK_FAILED', 'no capacity']);
    const stopped = await roll({ outcome: 'STOPPED' });
    expect(stopped.states).toEqual(['PENDING', 'IN_PROGRESS', 'STOPPED']);
    expect((await current()).taskDefinition).toBe(stopped.taskDefinitionArn);
    expect((await roll({ outcome: 'hang' })).states).toEqual(['PENDING', 'IN_PROGRESS']);
  });

  test('an update replaces a running deployment, which becomes STOPPED', async () => {
    const { roll, list, register, update } = await startEcs();
    const hung = await roll({ outcome: 'hang' });
    await update({ taskDefinition: (await register()).taskDefinitionArn });
    const [newest, replaced] = await list();
    expect([newest?.status, replaced?.status]).toEqual(['PENDING', 'STOPPED']);
    expect(replaced?.serviceDeploymentArn).toBe(hung.last.serviceDeploymentArn);
    expect(replaced?.statusReason).toContain(newest?.serviceDeploymentArn);
  });

  test('the same task definition starts nothing, unless forced; nor does a count', async () => {
    const { list, update, roll } = await startEcs();
    const { taskDefinitionArn } = await roll();
    const count = (await list()).length;
    await update({ taskDefinition: taskDefinitionArn });
    expect((await update({ desiredCount: 3 })).desiredCount).toBe(3);
    expect(await list()).toHaveLength(count);
    await update({ forceNewDeployment: true });
    expect(await list()).toHaveLength(count + 1);
  });

  test('a listing is newest first, by status and in pages', async () => {
    const { ecs, list, roll } = await startEcs({ pageSize: 2 });
    await roll();
    await roll({ outcome: 'STOPPED' });
    expect((await list({ status: ['STOPPED'] })).map(({ status }) => status)).toEqual(['STOPPED']);
    const first = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service }));
    const second = await ecs.send(new ListServiceDeploymentsCommand({ cluster, service, nextToken: first.nextToken }));
    const all = [...(first.serviceDeployments ?? []), ...(second.serviceDeployments ?? [])];
    expect(all.map(({ status }) => status)).toEqual(['STOPPED', 'SUCCESSFUL', 'SUCCESSFUL']);
  });

  test('what is missing: failures where several are asked for, errors where one is', async () => {
    const { ecs, update } = await startEcs();
    const services = await ecs.send(new DescribeServicesCommand({ cluster, services: ['other'] }));
    expect([services.services, services.failures]).toEqual([[], [{ arn: 'other', reason: 'MISSING' }]]);
    const arns = ['arn:aws:ecs:us-east-1:000000000000:service-deployment/a/b/c'];
    const deployments = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: arns }));
    expect(deployments.failures?.[0]?.reason).toBe('MISSING');
    const revisions = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: arns }));
    expect(revisions.failures?.[0]?.reason).toBe('MISSING');
    await expectError(update({ cluster: 'other' }), 'ClusterNotFoundException');
    await expectError(update({ service: 'other' }), 'ServiceNotFoundException');
    await expectError(update({ taskDefinition: 'other' }), 'ClientException');
  });

  test('scripted outcomes outlive the server', async () => {
    const { aws, stateDir } = await startEcs();
    aws.script({ deployments: [{ outcome: 'STOPPED' }] });
    await aws.close();
    const again = await startEcs({ stateDir });
    expect((await again.roll()).states.at(-1)).toBe('STOPPED');
    expect((await again.roll()).states.at(-1)).toBe('SUCCESSFUL');
  });
});
