import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { expectError, start } from './harness.ts';

const Name = 'gatewright/local/ml/default';
const token = (n: number) => `${n}`.padStart(32, '0');

async function startSecrets(options: Parameters<typeof start>[0] = {}) {
  const { secrets, ...rest } = await start(options);
  return {
    ...rest,
    secrets,
    create: (more: object = {}) => secrets.send(new CreateSecretCommand({ Name, SecretString: 'v1', ...more })),
    put: (SecretString: string, more: object = {}) =>
      secrets.send(new PutSecretValueCommand({ SecretId: Name, SecretString, ...more })),
    get: (more: object = {}) => secrets.send(new GetSecretValueCommand({ SecretId: Name, ...more })),
    remove: (more: object = {}) => secrets.send(new DeleteSecretCommand({ SecretId: Name, ...more })),
  };
}

test('a name exists once; the same request token and value is the same creation', async () => {
  const { create } = await startSecrets();
  const first = await create({ ClientRequestToken: token(1) });
  expect(first.ARN).toMatch(
    /^arn:aws:secretsmanager:us-east-1:000000000000:secret:gatewright\/local\/ml\/default-\w{6}$/,
  );
  expect(await create({ ClientRequestToken: token(1) })).toMatchObject({ ARN: first.ARN, VersionId: token(1) });
  await expectError(create({ ClientRequestToken: token(1), SecretString: 'other' }), 'ResourceExistsException', 400);
  await expectError(create(), 'ResourceExistsException', 400);
});

test('a new value becomes AWSCURRENT, the one before AWSPREVIOUS', async () => {
  const { create, put, get } = await startSecrets();
  await create();
  await put('v2');
  await put('v3');
  expect((await get()).SecretString).toBe('v3');
  expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('v2');
});

test('PutSecretValue is idempotent by its request token', async () => {
  const { create, put, get, secrets } = await startSecrets();
  await create();
  await put('v2', { ClientRequestToken: token(2) });
  await put('v2', { ClientRequestToken: token(2) });
  await expectError(put('v3', { ClientRequestToken: token(2) }), 'ResourceExistsException', 400);
  expect((await get({ VersionId: token(2) })).SecretString).toBe('v2');
  const described = await secrets.send(new DescribeSecretCommand({ SecretId: Name }));
  expect(Object.keys(described.VersionIdsToStages ?? {})).toHaveLength(2);
});

test('found by name, ARN, or ARN without its random end', async () => {
  const { create, secrets } = await startSecrets();
  const { ARN = '' } = await create();
  for (const SecretId of [Name, ARN, ARN.slice(0, -7)]) {
    expect((await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('v1');
  }
  const missing = secrets.send(new GetSecretValueCommand({ SecretId: `${ARN}x` }));
  await expectError(missing, 'ResourceNotFoundException', 400);
});

test('a secret without a value has none to get', async () => {
  const { create, get, secrets } = await startSecrets();
  await create({ SecretString: undefined });
  await expectError(get(), 'ResourceNotFoundException', 400);
  expect((await secrets.send(new DescribeSecretCommand({ SecretId: Name }))).Name).toBe(Name);
});

test('a value has at most 65 536 bytes', async () => {
  const { create, put } = await startSecrets();
  await create({ SecretString: 'x'.repeat(65_536) });
  await expectError(put('é'.repeat(32_769)), 'ValidationException', 400);
});

test('a deletion waits: the name is blocked, a restore brings it back, the end of the window frees it', async () => {
  let now = new Date('2026-11-24T00:00:00Z');
  const { create, put, get, remove, secrets } = await startSecrets({ now: () => now });
  await create();
  await expectError(remove({ RecoveryWindowInDays: 6 }), 'InvalidParameterException');
  const { DeletionDate } = await remove({ RecoveryWindowInDays: 7 });
  expect(DeletionDate).toEqual(new Date('2026-12-01T00:00:00Z'));
  for (const blocked of [create(), put('v2'), get()]) await expectError(blocked, 'InvalidRequestException', 400);
  const described = await secrets.send(new DescribeSecretCommand({ SecretId: Name }));
  expect(described.DeletedDate).toEqual(now);

  await secrets.send(new RestoreSecretCommand({ SecretId: Name }));
  expect((await get()).SecretString).toBe('v1');

  await remove({ RecoveryWindowInDays: 7 });
  now = new Date('2026-12-01T00:00:01Z');
  await expectError(get(), 'ResourceNotFoundException');
  await create({ SecretString: 'fresh' });
});

test('a forced deletion is at once, and of a missing secret a success', async () => {
  const { create, remove, get } = await startSecrets();
  await create();
  await expectError(remove({ ForceDeleteWithoutRecovery: true, RecoveryWindowInDays: 7 }), 'InvalidParameterException');
  await remove({ ForceDeleteWithoutRecovery: true });
  await remove({ ForceDeleteWithoutRecovery: true });
  await expectError(remove(), 'ResourceNotFoundException');
  await expectError(get(), 'ResourceNotFoundException');
  await create();
});

test('a hundred versions in a day are the limit', async () => {
  let now = new Date('2026-11-24T00:00:00Z');
  const { create, put } = await startSecrets({ now: () => now });
  await create();
  for (let n = 1; n < 100; n += 1) await put(`v${n}`);
  await expectError(put('one too many'), 'LimitExceededException', 400);
  now = new Date('2026-11-25T00:00:00Z');
  await put('the next day');
});
