import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { AwsError } from './answers.ts';

/** The object in a PutObject request: decoded, and checked against every digest that came with it. */
export interface ReceivedBody {
  readonly content: Buffer;
  readonly checksums: Readonly<Record<string, string>>;
}

const digests: Readonly<Record<string, (content: Buffer) => string>> = {
  'x-amz-checksum-crc32': (content) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(content));
    return bytes.toString('base64');
  },
  'x-amz-checksum-sha1': (content) => createHash('sha1').update(content).digest('base64'),
  'x-amz-checksum-sha256': (content) => createHash('sha256').update(content).digest('base64'),
};

export function receiveBody(headers: IncomingHttpHeaders, raw: Buffer): ReceivedBody {
  const { content, trailers } = decode(headers, raw);
  checkDeclared(headers, raw, content);
  const checksums: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(headers), ...Object.entries(trailers)]) {
    if (!name.startsWith('x-amz-checksum-') || name === 'x-amz-checksum-type') continue;
    const compute = digests[name];
    if (compute === undefined) throw new AwsError('NotImplemented', `the embedded AWS does not verify ${name}`);
    if (compute(content) !== value) {
      const algorithm = name.slice('x-amz-checksum-'.length).toUpperCase();
      throw new AwsError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
    }
    checksums[name] = value;
  }
  return { content, checksums };
}

function checkDeclared(headers: IncomingHttpHeaders, raw: Buffer, content: Buffer): void {
  const payload = headers['x-amz-content-sha256'];
  if (typeof payload === 'string' && /^[0-9a-f]{64}$/.test(payload) && payload !== sha256Hex(raw)) {
    const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new AwsError('XAmzContentSHA256Mismatch', message);
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(content).digest('base64')) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}

function sha256Hex(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function decode(headers: IncomingHttpHeaders, raw: Buffer): { content: Buffer; trailers: Record<string, string> } {
  const chunked = String(headers['content-encoding'] ?? '')
    .split(',')
    .some((coding) => coding.trim() === 'aws-chunked');
  if (!chunked) return { content: raw, trailers: {} };
  const decoded = decodeChunks(raw);
  const expected = headers['x-amz-decoded-content-length'];
  if (expected !== undefined && Number(expected) !== decoded.content.length) throw incomplete();
  return decoded;
}

/** `<hex length>[;chunk-signature=…]\r\n<bytes>\r\n`, ended by a chunk of length 0 and the trailers. */
function decodeChunks(raw: Buffer): { content: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const end = raw.indexOf('\r\n', position);
    const size = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(raw.toString('latin1', position, Math.max(end, position)))?.[1];
    if (size === undefined) throw incomplete();
    const start = end + 2;
    const length = Number.parseInt(size, 16);
    if (length === 0) return { content: Buffer.concat(chunks), trailers: readTrailers(raw.toString('latin1', start)) };
    if (start + length + 2 > raw.length) throw incomplete();
    chunks.push(raw.subarray(start, start + length));
    position = start + length + 2;
  }
}

function readTrailers(text: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'The request body terminated unexpectedly or is badly chunked.');
}
