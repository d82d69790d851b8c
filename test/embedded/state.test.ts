import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateUserPoolClientCommand, DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTaskDefinitionCommand, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test, vi } from 'vitest';
import { seedEmbeddedAws } from '../../deployer/embedded/client.ts';
import { launchEmbeddedAws } from '../../deployer/embedded/launch.ts';
import { fileName } from '../../deployer/embedded/store.ts';
import { cleanUp, temporaryDirectory } from '../temporary.ts';
import { bucket, clientsOf, seedInput, start } from './harness.ts';

const put = (Key: string, Body: string) => new PutObjectCommand({ Bucket: bucket, Key, Body });
const get = (Key: string) => new GetObjectCommand({ Bucket: bucket, Key });

describe('a restart', () => {
  test('keeps everything', async () => {
    const { aws, stateDir, infra, s3, cognito, secrets, ecs } = await start();
    const UserPoolId = infra.userPoolId;
    await s3.send(put('k', 'kept'));
    const created = await cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'c' }));
    await secrets.send(new CreateSecretCommand({ Name: 'n', SecretString: 'v' }));
    await ecs.send(
      new RegisterTaskDefinitionCommand({ family: 'f', containerDefinitions: [{ name: 'c', image: 'i' }] }),
    );
    await aws.close();

    const again = await start({ stateDir });
    expect(await (await again.s3.send(get('k'))).Body?.transformToString()).toBe('kept');
    const { ClientId } = created.UserPoolClient ?? {};
    const described = await again.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(described.UserPoolClient).toEqual(created.UserPoolClient);
    expect((await again.secrets.send(new GetSecretValueCommand({ SecretId: 'n' }))).SecretString).toBe('v');
    const definition = await again.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'f' }));
    expect(definition.taskDefinition?.revision).toBe(1);
  });

  test('only the owner can read the records', async () => {
    const { stateDir, secrets } = await start();
    await secrets.send(new CreateSecretCommand({ Name: 'n', SecretString: 'v' }));
    expect(statSync(join(stateDir, 'secretsmanager')).mode & 0o077).toBe(0);
    expect(statSync(join(stateDir, 'secretsmanager', 'n.json')).mode & 0o077).toBe(0);
  });

  test('a state file that cannot be read is named', async () => {
    const { aws, stateDir } = await start();
    await aws.close();
    writeFileSync(join(stateDir, 'account', 'account.json'), '{');
    await expect(start({ stateDir })).rejects.toThrow('account.json');
    expect(existsSync(join(stateDir, 'owner.json'))).toBe(false);
  });
});

describe('a kill between two file operations', () => {
  test('after the record, before the content is in place: the put has happened', async () => {
    const { aws, stateDir, s3 } = await start();
    await s3.send(put('k', 'old'));
    await s3.send(put('k', 'new'));
    await aws.close();
    const record = JSON.parse(readFileSync(join(stateDir, 's3-objects', `${fileName(`${bucket}/k`)}.json`), 'utf8'));
    renameSync(join(stateDir, 's3', bucket, 'k'), join(stateDir, 'staging', record.staged));
    writeFileSync(join(stateDir, 's3', bucket, 'k'), 'old');
    const again = await start({ stateDir });
    expect(await (await again.s3.send(get('k'))).Body?.transformToString()).toBe('new');
  });

  test('before the record: the put has not happened, and nothing of it stays', async () => {
    const { aws, stateDir, s3 } = await start();
    await s3.send(put('k', 'old'));
    await aws.close();
    writeFileSync(join(stateDir, 'staging', '1-1'), 'new');
    writeFileSync(join(stateDir, 's3', bucket, 'orphan'), 'content of a deleted record');
    const again = await start({ stateDir });
    expect(await (await again.s3.send(get('k'))).Body?.transformToString()).toBe('old');
    expect(readdirSync(join(stateDir, 'staging'))).toEqual([]);
    expect(existsSync(join(stateDir, 's3', bucket, 'orphan'))).toBe(false);
  });

  test('SIGKILL under load: what was acknowledged is there, and all contents fit their ETags', async () => {
    const stateDir = temporaryDirectory();
    const child = await launchEmbeddedAws(stateDir, { throttle: false });
    await seedEmbeddedAws(child.endpoint, seedInput);
    const { s3 } = clientsOf(child.endpoint);
    const { pid } = JSON.parse(readFileSync(join(stateDir, 'owner.json'), 'utf8')) as { pid: number };
    const acknowledged = new Set<string>();
    const writer = async (name: string) => {
      for (let n = 0; n < 10_000; n += 1) {
        await s3.send(put(`${name}/${n % 7}`, `${name} ${n}`.repeat(1000)));
        acknowledged.add(`${name}/${n % 7}`);
        if (acknowledged.size === 20) process.kill(pid, 'SIGKILL');
      }
    };
    await Promise.allSettled(['a', 'b', 'c', 'd'].map(writer));
    await child.stop();

    const again = await start({ stateDir });
    const listed = await again.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    const keys = (listed.Contents ?? []).map(({ Key }) => Key ?? '');
    expect(keys).toEqual(expect.arrayContaining([...acknowledged]));
    for (const key of keys) {
      const object = await again.s3.send(get(key));
      const body = (await object.Body?.transformToString()) ?? '';
      expect(object.ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
    }
  });
});

describe('the state directory has one owner', () => {
  test('a second server is refused while the first lives, and welcome after it', async () => {
    const { aws, stateDir } = await start();
    await expect(start({ stateDir })).rejects.toThrow(/another process \(pid \d+\) is using/);
    await aws.close();
    await start({ stateDir });
  });

  test('a successor may wait for an owner that is about to leave', async () => {
    const { aws, stateDir } = await start();
    const successor = start({ stateDir, waitForOwnerMilliseconds: 5000 });
    await aws.close();
    await successor;
  });

  test.each([
    ['whose process is gone', 4_194_304 + 1],
    ['whose process id belongs to another process by now', process.pid],
  ])('the lock of an owner %s is taken over', async (_title, pid) => {
    const stateDir = temporaryDirectory();
    const owner = { pid, endpoint: 'http://127.0.0.1:9', instance: 'x' };
    writeFileSync(join(stateDir, 'owner.json'), JSON.stringify(owner));
    await start({ stateDir });
  });
});

describe('the child process', () => {
  test('serves until it is stopped, and leaves no lock', async () => {
    const stateDir = temporaryDirectory();
    const child = await launchEmbeddedAws(stateDir);
    cleanUp(() => child.stop());
    expect(child.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await seedEmbeddedAws(child.endpoint, seedInput)).environment).toBe('local');
    await child.stop();
    await child.stop();
    expect(existsSync(join(stateDir, 'owner.json'))).toBe(false);
    await expect(fetch(child.endpoint)).rejects.toThrow();
  });

  test.each([
    ['forgets to stop it', ''],
    ['is killed', 'setInterval(() => {}, 1000)'],
  ])('ends with a parent that %s', async (_title, rest) => {
    const stateDir = temporaryDirectory();
    const launch = new URL('../../deployer/embedded/launch.ts', import.meta.url).href;
    const program = `const { launchEmbeddedAws } = await import(${JSON.stringify(launch)});
      process.stdout.write((await launchEmbeddedAws(${JSON.stringify(stateDir)})).endpoint + '\\n');
      ${rest}`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
    const exited = once(parent, 'exit');
    const [endpoint] = (await once(parent.stdout, 'data')) as [Buffer];
    if (rest !== '') parent.kill('SIGKILL');
    await exited;
    await vi.waitFor(() => expect(existsSync(join(stateDir, 'owner.json'))).toBe(false), { timeout: 5000 });
    await expect(fetch(endpoint.toString().trim())).rejects.toThrow();
  });

  test('says why it did not start', async () => {
    const stateDir = temporaryDirectory();
    rmSync(stateDir, { recursive: true });
    writeFileSync(stateDir, 'a file');
    await expect(launchEmbeddedAws(stateDir)).rejects.toThrow(/did not start \(exit 1\): .*(EEXIST|ENOTDIR)/);
  });
});

test('different identifiers have different file names on every file system', () => {
  const ids = [
    'a',
    'A',
    'a/b',
    'a%2fb',
    '.',
    '..',
    '',
    '.a',
    'x'.repeat(300),
    `${'x'.repeat(299)}y`,
    'é',
    '\u00c3\u00a9',
  ];
  const names = ids.map((id) => fileName(id).toLowerCase());
  expect(new Set(names).size).toBe(ids.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9%_-][a-z0-9%._-]{0,199}$/);
});
