import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeResourceServerCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { infraSchema } from '../../contract/infra.ts';
import { seedEmbeddedAws } from '../../deployer/embedded/client.ts';
import { bucket, seedInput, start } from './harness.ts';

function filesOf(directory: string): string[] {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => `${file} ${statSync(file).ino} ${statSync(file).mtimeMs}`).sort();
}

test('publishes what Terraform would, as infra.json says it', async () => {
  const { infra, s3, ecs, cognito } = await start();
  const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'environments/local/infra.json' }));
  expect(infraSchema.parse(JSON.parse((await object.Body?.transformToString()) ?? ''))).toEqual(infra);
  expect(infra).toMatchObject({ environment: 'local', releaseBucket: bucket, secrets: {}, guardrails: {} });

  const { cluster, service, taskFamily, userPoolId } = infra;
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
  expect(services?.[0]?.taskDefinition).toMatch(new RegExp(`:task-definition/${taskFamily}:1$`));
  expect(services?.[0]?.deployments?.map(({ rolloutState }) => rolloutState)).toEqual(['COMPLETED']);
  const { identifier } = seedInput.resourceServer;
  await cognito.send(new DescribeResourceServerCommand({ UserPoolId: userPoolId, Identifier: identifier }));
});

test('an unchanged seed writes nothing, also after a restart', async () => {
  const { aws, stateDir } = await start();
  const input = { ...seedInput, secrets: ['openai'], guardrails: { baseline: 'd1' }, identityProviders: ['okta'] };
  const first = await seedEmbeddedAws(aws.endpoint, input);
  const files = filesOf(stateDir);
  expect(await seedEmbeddedAws(aws.endpoint, input)).toEqual(first);
  expect(filesOf(stateDir)).toEqual(files);
  await aws.close();
  const again = await start({ stateDir });
  const withoutLock = (list: string[]) => list.filter((line) => !line.includes('owner.json'));
  expect(again.infra).toEqual(first);
  expect(withoutLock(filesOf(stateDir))).toEqual(withoutLock(files));
});

test('extends: a new secret, resource server or identity provider, and keeps the others', async () => {
  const { aws, infra, secrets, cognito } = await start();
  const one = aws.seed({ ...seedInput, secrets: ['openai'] });
  const resourceServer = { identifier: 'urn:other', scopes: ['invoke'] };
  const two = aws.seed({ ...seedInput, resourceServer, secrets: ['anthropic'] });
  expect(Object.keys(two.secrets).sort()).toEqual(['anthropic', 'openai']);
  expect(two.secrets['openai']).toBe(one.secrets['openai']);
  const value = await secrets.send(new GetSecretValueCommand({ SecretId: two.secrets['anthropic'] }));
  expect(value.SecretString).toBe('placeholder');
  for (const Identifier of [seedInput.resourceServer.identifier, 'urn:other']) {
    await cognito.send(new DescribeResourceServerCommand({ UserPoolId: infra.userPoolId, Identifier }));
  }
});

test('publishes a guardrail again, as the next version, only when its definition changes', async () => {
  const { aws } = await start();
  const publish = (guardrails: Record<string, string>) => aws.seed({ ...seedInput, guardrails }).guardrails;
  expect(publish({ baseline: 'd1' })).toEqual({ baseline: { id: 'gr-baseline', version: '1', digest: 'd1' } });
  expect(publish({ baseline: 'd1' })['baseline']?.version).toBe('1');
  expect(publish({ baseline: 'd2', other: 'd1' })).toEqual({
    baseline: { id: 'gr-baseline', version: '2', digest: 'd2' },
    other: { id: 'gr-other', version: '1', digest: 'd1' },
  });
});

test('does not consume a scripted outcome, and is not counted as a call', async () => {
  const { aws } = await start();
  aws.script({ deployments: [{ outcome: 'STOPPED' }] });
  aws.seed({ ...seedInput, environment: 'dev' });
  expect(aws.calls()).toEqual([]);
});

test('one state directory is one account', async () => {
  const { aws } = await start();
  await expect(seedEmbeddedAws(aws.endpoint, { ...seedInput, region: 'eu-west-1' })).rejects.toThrow(
    'another directory',
  );
});

test('an infra.json that was edited by hand is published anew', async () => {
  const { aws, infra, s3 } = await start();
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'environments/local/infra.json', Body: '{' }));
  expect(await seedEmbeddedAws(aws.endpoint, seedInput)).toEqual(infra);
});
