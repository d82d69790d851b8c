import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { exchange } from '../../../toolchain/config-tests/binary/exchange.ts';
import type { TestRequest } from '../../../toolchain/config-tests/engine.ts';

const request: TestRequest = {
  method: 'GET',
  path: '/v1/models',
  headers: {},
  body: undefined,
  credential: 'missing',
  client: 'acme/app',
  claims: {},
};

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A gateway that reacts to the first bytes of a request. */
async function gateway(reaction: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => socket.once('data', () => reaction(socket)));
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

test('a stream that is cut off says so, with its status', async () => {
  const port = await gateway((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\ndata\r\n', () => socket.destroy());
  });
  await expect(exchange(port, request, undefined)).rejects.toThrow(
    'the answer to /v1/models, status 200, was cut off: aborted',
  );
});

test('a connection that is closed instead of an answer says so', async () => {
  const port = await gateway((socket) => socket.destroy());
  await expect(exchange(port, request, undefined)).rejects.toThrow('/v1/models got no answer: socket hang up');
});

test('silence says how long it lasted', async () => {
  const port = await gateway(() => undefined);
  await expect(exchange(port, request, undefined, 50)).rejects.toThrow(
    'the gateway said nothing to /v1/models for 0.05 s',
  );
});

test('silence in the middle of an answer does so too', async () => {
  const port = await gateway((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ndata'));
  await expect(exchange(port, request, undefined, 50)).rejects.toThrow(
    'the gateway said nothing to /v1/models for 0.05 s',
  );
});
