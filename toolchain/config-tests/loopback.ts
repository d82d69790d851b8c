import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../contract/canonical.ts';
import type { Behaviour } from './engine.ts';

export interface Arrived {
  readonly method: string;
  /** As it was sent, query included. */
  readonly path: string;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Several chunks are a stream. */
  readonly chunks: readonly (string | Uint8Array)[];
}

/** `reset` cuts the connection, `silence` keeps it open without an answer. */
export type Reaction = Reply | 'reset' | 'silence';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export function json(status: number, value: Json): Reply {
  return { status, headers: { 'content-type': 'application/json' }, chunks: [JSON.stringify(value)] };
}

/** What a service does when it behaves so; `answer` for when it is well, `failure` for a status of its own choice. */
export function react(behaviour: Behaviour, answer: () => Reaction, failure: (status: number) => Reply): Reaction {
  if (behaviour === 'ok' || behaviour === 200) return answer();
  if (behaviour === 'down') return 'reset';
  return behaviour === 'slow' ? 'silence' : failure(behaviour);
}

/** An HTTP server on a free port that only this machine reaches. */
export async function listen(reaction: (arrived: Arrived) => Reaction): Promise<Listening> {
  const server = createServer((request, response) => {
    serve(request, response, reaction).catch(() => response.destroy());
  });
  // A connection that this side closes when it is idle may be taken for a provider that fails.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  reaction: (arrived: Arrived) => Reaction,
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const reply = reaction({ method: request.method ?? 'GET', path: request.url ?? '/', body: Buffer.concat(parts) });
  if (reply === 'silence') return;
  if (reply === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const [first = '', ...rest] = reply.chunks;
  const length = rest.length === 0 ? { 'content-length': String(Buffer.byteLength(first)) } : {};
  response.writeHead(reply.status, { ...reply.headers, ...length });
  for (const chunk of reply.chunks) response.write(chunk);
  response.end();
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
