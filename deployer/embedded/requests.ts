import type { IncomingMessage } from 'node:http';
import { AwsError } from './answers.ts';

export const bodyLimit = 64 * 1024 * 1024;

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/;

/** A page in a browser can reach loopback too: by a rebound name, or by a request from another origin. */
export function isTrusted(request: IncomingMessage): boolean {
  return loopbackHost.test(request.headers.host ?? '') && request.headers.origin === undefined;
}

const signature =
  /^AWS4-HMAC-SHA256 Credential=[^/\s,]+\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=[a-z0-9;-]+, ?Signature=[0-9a-f]{64}$/;

/** The service for which the request is signed. Only the form is checked: there are no credentials to check against. */
export function signedService(request: IncomingMessage): string | null {
  return signature.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  // Known before it is read: the refusal still reaches a client that announced its length.
  let size = Number(request.headers['content-length'] ?? 0);
  if (size > bodyLimit) throw tooLarge();
  const chunks: Buffer[] = [];
  size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): AwsError {
  return new AwsError('EntityTooLarge', `the embedded AWS takes at most ${bodyLimit} bytes`);
}
