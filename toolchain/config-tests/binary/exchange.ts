import { type IncomingMessage, request as send } from 'node:http';
import type { TestRequest } from '../engine.ts';

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const answerWithin = 60_000;

/** Sends one request as it is, on a connection of its own, and reads the whole answer. */
export function exchange(
  port: number,
  request: TestRequest,
  token: string | undefined,
  patience = answerWithin,
): Promise<Received> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const length = request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) };
  return new Promise((resolve, reject) => {
    let answered = false;
    let late: Error | undefined;
    const outgoing = send({
      host: '127.0.0.1',
      port,
      method: request.method,
      path: request.path,
      headers: { ...request.headers, ...authorization, ...length },
      agent: false,
      timeout: patience,
    });
    outgoing.once('response', (response) => {
      answered = true;
      const cut = (error: Error) =>
        new Error(`the answer to ${request.path}, status ${response.statusCode}, was cut off: ${error.message}`);
      received(response).then(resolve, (error: Error) => reject(late ?? cut(error)));
    });
    outgoing.once('timeout', () => {
      late = new Error(`the gateway said nothing to ${request.path} for ${patience / 1000} s`);
      outgoing.destroy(late);
    });
    // The gateway may refuse a big body, and close, before it was sent to the end: then there is an answer.
    outgoing.on('error', (error) => {
      if (!answered) reject(late ?? new Error(`${request.path} got no answer: ${error.message}`));
    });
    outgoing.end(request.body);
  });
}

async function received(response: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  const text = Buffer.concat(parts).toString('utf8');
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), text };
}
