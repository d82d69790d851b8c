import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, AwsError, xmlError } from './answers.ts';
import type { Call } from './aws-json.ts';
import type { Context } from './context.ts';
import type { Objects, StoredObject } from './objects.ts';
import { receiveBody } from './s3-body.ts';
import { listXml, readListing } from './s3-list.ts';

export interface S3Request {
  readonly method: string;
  /** As sent: path-style and percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Target extends S3Request {
  readonly bucket: string;
  readonly key: string;
}

type Handler = (context: Context, objects: Objects, target: Target) => Answer;

export function s3Call(context: Context, objects: Objects, request: S3Request): Call {
  const { bucket, key, valid } = parsePath(request.path);
  const operation = operationOf(request, key);
  const fail = (error: AwsError): Answer => {
    const answer = xmlError(error);
    return request.method === 'HEAD' ? { ...answer, body: '' } : answer;
  };
  const run = (): Answer => {
    if (!valid) throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
    const handler = handlers[operation];
    if (handler === undefined) throw new AwsError('NotImplemented', `the embedded AWS has no ${operation}`);
    if (!objects.hasBucket(bucket)) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist');
    return handler(context, objects, { ...request, bucket, key });
  };
  return { service: 's3', operation, key: key === '' ? bucket : `${bucket}/${key}`, run, fail };
}

const handlers: Readonly<Record<string, Handler>> = {
  HeadBucket: () => ({ status: 200, headers: {}, body: '' }),
  ListObjectsV2: (context, objects, { bucket, query }) => {
    const body = listXml(readListing(bucket, query, context.pageSize), objects.list(bucket));
    return { status: 200, headers: { 'content-type': 'application/xml' }, body };
  },
  GetObject: (_context, objects, target) => {
    const answer = describe(objects, target);
    if (typeof answer.object === 'string') throw new AwsError(answer.object, 'The specified key does not exist.');
    return {
      status: answer.status,
      headers: answer.headers,
      body: answer.status === 304 ? '' : objects.read(answer.object),
    };
  },
  HeadObject: (_context, objects, target) => {
    const answer = describe(objects, target);
    if (typeof answer.object === 'string') return { status: 404, headers: {}, body: '' };
    return { status: answer.status, headers: answer.headers, body: '' };
  },
  PutObject: putObject,
  DeleteObject: (_context, objects, { bucket, key, headers }) => {
    const current = objects.get(bucket, key);
    const wanted = headers['if-match'];
    if (wanted !== undefined) requireMatch(current, wanted);
    if (current !== undefined) objects.delete(current);
    return { status: 204, headers: {}, body: '' };
  },
};

function putObject(context: Context, objects: Objects, { bucket, key, headers, body }: Target): Answer {
  const received = receiveBody(headers, body);
  const current = objects.get(bucket, key);
  const absent = headers['if-none-match'];
  const wanted = headers['if-match'];
  if (absent !== undefined) {
    if (absent !== '*' || wanted !== undefined) {
      throw new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented');
    }
    if (current !== undefined) throw preconditionFailed();
  }
  if (wanted !== undefined) requireMatch(current, wanted);
  const stored = objects.put(
    {
      bucket,
      key,
      lastModified: context.now().toISOString(),
      contentType: headers['content-type'] ?? 'binary/octet-stream',
      metadata: userMetadata(headers),
      checksums: received.checksums,
    },
    received.content,
  );
  return { status: 200, headers: { etag: stored.etag, ...checksumHeaders(stored) }, body: '' };
}

/** Everything that Get and Head answer alike. */
function describe(objects: Objects, { bucket, key, headers }: Target) {
  if (headers.range !== undefined) throw new AwsError('NotImplemented', 'the embedded AWS does not serve ranges');
  const object = objects.get(bucket, key);
  if (object === undefined) return { object: 'NoSuchKey' as const, status: 404, headers: {} };
  if (headers['if-match'] !== undefined) requireMatch(object, headers['if-match']);
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  const unchanged = headers['if-none-match'] !== undefined && sameEtag(object, headers['if-none-match']);
  return {
    object,
    status: unchanged ? 304 : 200,
    headers: {
      etag: object.etag,
      'last-modified': new Date(object.lastModified).toUTCString(),
      ...(unchanged ? {} : { 'content-type': object.contentType, 'content-length': String(object.size) }),
      ...Object.fromEntries(metadata),
      ...(headers['x-amz-checksum-mode'] === 'ENABLED' ? checksumHeaders(object) : {}),
    },
  };
}

function checksumHeaders({ checksums }: StoredObject): Record<string, string> {
  return Object.keys(checksums).length === 0 ? {} : { ...checksums, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

function userMetadata(headers: IncomingHttpHeaders): Record<string, string> {
  const prefix = 'x-amz-meta-';
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  const metadata = found.map(([name, value]): [string, string] => [name.slice(prefix.length), String(value)]);
  if (metadata.reduce((sum, [name, value]) => sum + name.length + value.length, 0) > 2048) {
    throw new AwsError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  return Object.fromEntries(metadata);
}

function requireMatch(object: StoredObject | undefined, etag: string): void {
  if (object === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.');
  if (!sameEtag(object, etag)) throw preconditionFailed();
}

function sameEtag(object: StoredObject, etag: string): boolean {
  return etag === '*' || etag.replace(/^"|"$/g, '') === object.etag.slice(1, -1);
}

function preconditionFailed(): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
}

const objectOperations: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};
const listParameters = ['list-type', 'prefix', 'delimiter', 'max-keys', 'continuation-token', 'start-after'];

/** Only what is modelled gets a known name: a parameter such as `uploads` makes another operation of a request. */
function operationOf({ method, query, headers }: S3Request, key: string): string {
  const foreign = [...query.keys()].filter((name) => name !== 'x-id');
  if (key !== '') {
    const name = objectOperations[method];
    const copies = headers['x-amz-copy-source'] !== undefined;
    return name !== undefined && foreign.length === 0 && !copies ? name : `${method} object (${foreign.join(', ')})`;
  }
  if (method === 'HEAD' && foreign.length === 0) return 'HeadBucket';
  const lists = method === 'GET' && query.get('list-type') === '2';
  if (lists && foreign.every((name) => listParameters.includes(name))) return 'ListObjectsV2';
  return `${method} bucket (${foreign.join(', ')})`;
}

function parsePath(path: string): { bucket: string; key: string; valid: boolean } {
  const [, bucketText = '', keyText = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  try {
    const bucket = decodeURIComponent(bucketText);
    const key = decodeURIComponent(keyText);
    const printable = [...key].every((character) => character >= ' ' && character !== '\u007f');
    return { bucket, key, valid: Buffer.byteLength(key) <= 1024 && printable };
  } catch {
    return { bucket: bucketText, key: keyText, valid: false };
  }
}
