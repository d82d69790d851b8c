import { request } from 'node:http';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from 'vitest';
import { scriptEmbeddedAws } from '../../deployer/embedded/client.ts';
import type { CallRecord } from '../../deployer/embedded/server.ts';
import { bucket, expectError, start } from './harness.ts';

const put = (Key: string) => new PutObjectCommand({ Bucket: bucket, Key, Body: 'x', IfNoneMatch: '*' });
const head = (Key: string) => new HeadObjectCommand({ Bucket: bucket, Key });

/** fetch sets Host itself. */
function raw(endpoint: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${endpoint}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject).end();
  });
}

describe('who may ask', () => {
  test('a request without a signature of the right form and service is refused', async () => {
    const { aws } = await start();
    const target = 'AmazonEC2ContainerServiceV20141113.DescribeServices';
    const scope = 'Credential=local/20261124/us-east-1/s3/aws4_request, SignedHeaders=host';
    const authorization = `AWS4-HMAC-SHA256 ${scope}, Signature=${'0'.repeat(64)}`;
    const post = (headers: Record<string, string>) =>
      fetch(aws.endpoint, { method: 'POST', body: '{}', headers: { 'x-amz-target': target, ...headers } });
    for (const headers of [{}, { authorization: 'Bearer x' }, { authorization }]) {
      const answer = await post(headers as Record<string, string>);
      expect([answer.status, await answer.json()]).toMatchObject([
        403,
        { __type: 'MissingAuthenticationTokenException' },
      ]);
    }
    expect((await fetch(`${aws.endpoint}/${bucket}/k`)).status).toBe(403);
    expect((await fetch(`${aws.endpoint}/${bucket}/k`, { headers: { authorization } })).status).toBe(404);
    expect(aws.calls()).toHaveLength(1);
  });

  test('a foreign Host or an Origin is refused, on the control surface as well', async () => {
    const { aws } = await start();
    const path = '/_embedded/calls';
    expect(await raw(aws.endpoint, path, {})).toBe(200);
    expect(await raw(aws.endpoint, path, { host: 'rebound.example.com' })).toBe(403);
    expect(await raw(aws.endpoint, path, { host: '127.0.0.1.example.com:80' })).toBe(403);
    expect(await raw(aws.endpoint, path, { origin: 'https://example.com' })).toBe(403);
    const plain = await fetch(`${aws.endpoint}/_embedded/script`, { method: 'POST', body: '{}' });
    expect(plain.status).toBe(415);
  });

  test('a body beyond the limit is refused before it is read', async () => {
    const { aws } = await start();
    const status = await raw(aws.endpoint, `/${bucket}/k`, { 'content-length': String(64 * 1024 * 1024 + 1) });
    expect(status).toBe(400);
  });

  test('unknown operations and broken bodies', async () => {
    const { aws } = await start();
    const scope = 'Credential=local/20261124/us-east-1/ecs/aws4_request, SignedHeaders=host';
    const post = async (operation: string, body: string) => {
      const headers = {
        'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
        authorization: `AWS4-HMAC-SHA256 ${scope}, Signature=${'0'.repeat(64)}`,
      };
      return ((await (await fetch(aws.endpoint, { method: 'POST', headers, body })).json()) as { __type: string })
        .__type;
    };
    expect(await post('RunTask', '{}')).toBe('UnknownOperationException');
    expect(await post('toString', '{}')).toBe('UnknownOperationException');
    expect(await post('DescribeServices', '{')).toBe('SerializationException');
    expect(await post('DescribeServices', '{}')).toBe('ClientException');
  });
});

describe('calls', () => {
  test('are counted and listed with service, operation and key, and no values', async () => {
    const { aws, s3, ecs, secrets } = await start();
    await s3.send(put('a'));
    await expectError(s3.send(put('a')), 'PreconditionFailed');
    await ecs.send(new DescribeServicesCommand({ cluster: 'gatewright-local', services: ['gateway'] }));
    await secrets.send(new CreateSecretCommand({ Name: 'n', SecretString: 'hidden-value' }));
    const text = await (await fetch(`${aws.endpoint}/_embedded/calls`)).text();
    expect(JSON.parse(text)).toEqual({
      count: 4,
      calls: [
        { index: 1, service: 's3', operation: 'PutObject', key: `${bucket}/a`, error: null },
        { index: 2, service: 's3', operation: 'PutObject', key: `${bucket}/a`, error: 'PreconditionFailed' },
        { index: 3, service: 'ecs', operation: 'DescribeServices', key: 'gateway', error: null },
        { index: 4, service: 'secretsmanager', operation: 'CreateSecret', key: 'n', error: null },
      ],
    });
    expect(text).not.toContain('hidden-value');
  });

  test('a hook is awaited around each call, reads included, and may drop it before or after it takes effect', async () => {
    const seen: string[] = [];
    const wishes: Record<string, 'drop'> = { '1 before-commit': 'drop', '2 after-commit': 'drop' };
    const onCall = async (call: CallRecord & { phase: string }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(`${call.index} ${call.operation} ${call.phase}`);
      return wishes[`${call.index} ${call.phase}`];
    };
    const { s3 } = await start({ hooks: { onCall } });
    await expect(s3.send(put('never'))).rejects.toThrow();
    await expect(s3.send(put('unanswered'))).rejects.toThrow();
    await expectError(s3.send(head('never')), 'NotFound');
    await s3.send(head('unanswered'));
    expect(seen.slice(0, 5)).toEqual([
      '1 PutObject before-commit',
      '2 PutObject before-commit',
      '2 PutObject after-commit',
      '3 HeadObject before-commit',
      '3 HeadObject after-commit',
    ]);
  });

  test('the same over HTTP: drops by index', async () => {
    const { aws, s3 } = await start();
    await scriptEmbeddedAws(aws.endpoint, { drops: [{ call: 1, phase: 'after-commit' }] });
    await expect(s3.send(put('a'))).rejects.toThrow();
    await expectError(s3.send(put('a')), 'PreconditionFailed');
  });

  test('scripted failures: by index, by operation, later, repeated, or after the commit', async () => {
    const { aws, s3 } = await start();
    const get = () => s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' }));
    aws.script({
      failures: [
        { call: 1, code: 'SlowDown' },
        { operation: 'PutObject', code: 'InternalError', phase: 'after-commit' },
        { operation: 'GetObject', code: 'AccessDenied', skip: 1, times: 2 },
      ],
    });
    await expectError(get(), 'SlowDown', 503);
    await expectError(s3.send(put('a')), 'InternalError', 500);
    await get();
    await expectError(get(), 'AccessDenied', 403);
    await expectError(get(), 'AccessDenied', 403);
    await get();
  });

  test('a script that is not understood is refused', async () => {
    const { aws } = await start();
    const wrong = { deployments: [{ outcome: 'FAILED' }] } as unknown as Parameters<typeof scriptEmbeddedAws>[1];
    await expect(scriptEmbeddedAws(aws.endpoint, wrong)).rejects.toThrow('refused');
  });
});
