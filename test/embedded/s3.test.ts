import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { bucket, expectError, start } from './harness.ts';

const put = (s3: S3Client, Key: string, Body: string, more: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ...more }));

async function read(s3: S3Client, Key: string): Promise<string | undefined> {
  const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
  return answer.Body?.transformToString();
}

describe('conditional writes', () => {
  test('create-only: of parallel puts exactly one wins, the others get 412', async () => {
    const { s3 } = await start();
    const puts = Array.from({ length: 12 }, (_, n) => put(s3, 'releases/x', `body ${n}`, { IfNoneMatch: '*' }));
    const results = await Promise.allSettled(puts);
    const winner = results.findIndex(({ status }) => status === 'fulfilled');
    const losers = results.filter((result) => result.status === 'rejected');
    expect(losers).toHaveLength(11);
    for (const { reason } of losers)
      expect([reason.name, reason.$metadata.httpStatusCode]).toEqual(['PreconditionFailed', 412]);
    expect(await read(s3, 'releases/x')).toBe(`body ${winner}`);
  });

  test('compare-and-swap: a stale ETag gets 412, a missing key 404', async () => {
    const { s3 } = await start();
    const { ETag } = await put(s3, 'current', 'one');
    const second = await put(s3, 'current', 'two', { IfMatch: ETag });
    expect(second.ETag).not.toBe(ETag);
    await expectError(put(s3, 'current', 'three', { IfMatch: ETag }), 'PreconditionFailed', 412);
    await expectError(put(s3, 'missing', 'x', { IfMatch: ETag }), 'NoSuchKey', 404);
    expect(await read(s3, 'current')).toBe('two');
  });

  test('a delete can be bound to an ETag; without one it succeeds on a missing key', async () => {
    const { s3 } = await start();
    const { ETag } = await put(s3, 'lock', 'mine');
    const remove = (more: object) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'lock', ...more }));
    await expectError(remove({ IfMatch: '"00"' }), 'PreconditionFailed', 412);
    await remove({ IfMatch: ETag });
    await expectError(remove({ IfMatch: ETag }), 'NoSuchKey', 404);
    expect((await remove({})).$metadata.httpStatusCode).toBe(204);
  });

  test('conditions that S3 does not know are 501', async () => {
    const { s3 } = await start();
    await expectError(put(s3, 'k', 'x', { IfNoneMatch: '"etag"' }), 'NotImplemented', 501);
    await expectError(put(s3, 'k', 'x', { IfNoneMatch: '*', IfMatch: '"etag"' }), 'NotImplemented', 501);
  });

  test('a scripted 409 ConditionalRequestConflict', async () => {
    const { s3, aws } = await start();
    aws.script({ failures: [{ service: 's3', operation: 'PutObject', code: 'ConditionalRequestConflict' }] });
    await expectError(put(s3, 'k', 'x', { IfNoneMatch: '*' }), 'ConditionalRequestConflict', 409);
    await put(s3, 'k', 'x', { IfNoneMatch: '*' });
  });
});

describe('contents and checksums', () => {
  test('what was put comes back: body, ETag, type, metadata', async () => {
    const { s3 } = await start();
    await put(s3, 'a b/é+x.json', '{}', { ContentType: 'application/json', Metadata: { release: 'r1' } });
    const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a b/é+x.json' }));
    expect(answer.ETag).toBe(`"${createHash('md5').update('{}').digest('hex')}"`);
    expect([answer.ContentType, answer.ContentLength, answer.Metadata]).toEqual([
      'application/json',
      2,
      { release: 'r1' },
    ]);
    expect(await answer.Body?.transformToString()).toBe('{}');
  });

  test('a SHA-256 is verified against the body and read back by HeadObject', async () => {
    const { s3 } = await start();
    const ChecksumSHA256 = createHash('sha256').update('body').digest('base64');
    await expectError(put(s3, 'k', 'another', { ChecksumSHA256 }), 'BadDigest', 400);
    await put(s3, 'k', 'body', { ChecksumSHA256 });
    const head = (more: object) => s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'k', ...more }));
    expect((await head({ ChecksumMode: 'ENABLED' })).ChecksumSHA256).toBe(ChecksumSHA256);
    expect((await head({})).ChecksumSHA256).toBeUndefined();
  });

  test("the SDK's default CRC32 is verified, in the header and as the trailer of a stream", async () => {
    const { s3 } = await start();
    const stream = Readable.from([Buffer.from('hel'), Buffer.from('lo')]);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'stream', Body: stream, ContentLength: 5 }));
    expect(await read(s3, 'stream')).toBe('hello');
    await put(s3, 'plain', 'hello');
    for (const Key of ['stream', 'plain']) {
      const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key, ChecksumMode: 'ENABLED' }));
      expect(head.ChecksumCRC32).toBe('NhCmhg==');
    }
    await expectError(put(s3, 'plain', 'hello', { ChecksumCRC32: 'AAAAAA==' }), 'BadDigest', 400);
  });

  test('other digests that come along are verified as well', async () => {
    const { s3, aws } = await start();
    for (const algorithm of ['sha1', 'md5']) {
      const parameter = algorithm === 'md5' ? 'ContentMD5' : 'ChecksumSHA1';
      const digest = createHash(algorithm).update('body').digest('base64');
      await put(s3, 'k', 'body', { [parameter]: digest });
      await expectError(put(s3, 'k', 'another', { [parameter]: digest }), 'BadDigest', 400);
    }
    await expectError(put(s3, 'k', 'body', { ChecksumCRC32C: 'AAAAAA==' }), 'NotImplemented', 501);
    const scope = 'Credential=local/20261124/us-east-1/s3/aws4_request, SignedHeaders=host';
    const headers = {
      authorization: `AWS4-HMAC-SHA256 ${scope}, Signature=${'0'.repeat(64)}`,
      'x-amz-content-sha256': createHash('sha256').update('body').digest('hex'),
    };
    const answer = await fetch(`${aws.endpoint}/${bucket}/k`, { method: 'PUT', headers, body: 'another' });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('XAmzContentSHA256Mismatch')]);
  });

  test('user metadata has at most 2 KB', async () => {
    const { s3 } = await start();
    await expectError(put(s3, 'k', 'x', { Metadata: { a: 'x'.repeat(2048) } }), 'MetadataTooLarge', 400);
  });

  test('GET of a known ETag is 304', async () => {
    const { s3 } = await start();
    const { ETag } = await put(s3, 'k', 'x');
    const get = s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'k', IfNoneMatch: ETag }));
    await expect(get).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  test('missing keys and buckets', async () => {
    const { s3 } = await start();
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    await expectError(s3.send(new HeadBucketCommand({ Bucket: 'other' })), 'NotFound', 404);
    await expectError(read(s3, 'k'), 'NoSuchKey', 404);
    await expectError(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'k' })), 'NotFound', 404);
    await expectError(s3.send(new GetObjectCommand({ Bucket: 'other', Key: 'k' })), 'NoSuchBucket', 404);
  });
});

describe('listing', () => {
  test('pages by UTF-8 order below a prefix', async () => {
    const { s3 } = await start({ pageSize: 2 });
    const keys = ['list/Z', 'list/a', 'list/b/c', 'list/é', 'list/😀'];
    for (const key of keys) await put(s3, key, 'x');
    const found: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: 'list/', ContinuationToken: token }),
      );
      expect(page.KeyCount).toBeLessThanOrEqual(2);
      found.push(...(page.Contents ?? []).map(({ Key }) => Key));
      token = page.NextContinuationToken;
    } while (token !== undefined);
    expect(found).toEqual(keys);
  });

  test('a delimiter folds keys into common prefixes, over pages as well', async () => {
    const { s3 } = await start();
    for (const key of ['r/1/a', 'r/1/b', 'r/2/a', 'r/x']) await put(s3, key, '<&>');
    const list = (more: object) =>
      s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'r/', Delimiter: '/', ...more }));
    const all = await list({});
    expect(all.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['r/1/', 'r/2/']);
    expect(all.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['r/x', 3]]);
    const first = await list({ MaxKeys: 1 });
    expect(first.IsTruncated).toBe(true);
    const second = await list({ MaxKeys: 1, ContinuationToken: first.NextContinuationToken });
    expect(second.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['r/2/']);
  });
});

describe('on disk', () => {
  test('people find an object under its key', async () => {
    const { s3, stateDir } = await start();
    await put(s3, 'environments/local/current.json', '{"release":"r"}');
    const file = join(stateDir, 's3', bucket, 'environments/local/current.json');
    expect(readFileSync(file, 'utf8')).toBe('{"release":"r"}');
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'environments/local/current.json' }));
    expect(existsSync(file)).toBe(false);
  });

  test('no key leaves the state directory or meets another', async () => {
    const { s3, stateDir, aws } = await start();
    const keys = ['../../../escape', '/etc/x', 'a', 'a/b', 'A', 'a/', 'a//b', './a', '%2e%2e/x', 'x'.repeat(1000)];
    for (const key of keys) await put(s3, key, key);
    await aws.close();
    const again = await start({ stateDir });
    for (const key of keys) expect(await read(again.s3, key)).toBe(key);
    expect(existsSync(join(stateDir, '..', 'escape'))).toBe(false);
    await expectError(put(again.s3, 'x'.repeat(1025), 'x'), 'InvalidURI', 400);
  });
});

test('what is not modelled is 501, not a guess', async () => {
  const { s3 } = await start();
  await put(s3, 'k', 'x');
  await expectError(
    s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'k', Range: 'bytes=0-1' })),
    'NotImplemented',
    501,
  );
  await expectError(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'k', VersionId: 'v' })), 'NotImplemented', 501);
});
