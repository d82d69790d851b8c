import { crc32 } from 'node:zlib';
import type { JsonObject } from '../../../contract/canonical.ts';

const stringType = 7;

/**
 * One event of AWS's binary stream: total length, length of the headers, their checksum, headers, payload, and the
 * checksum of all before it. Lengths and CRC-32 are big-endian.
 */
export function eventStreamMessage(event: string, payload: JsonObject): Buffer {
  const headers = Buffer.concat([
    header(':message-type', 'event'),
    header(':event-type', event),
    header(':content-type', 'application/json'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = numbers(headers.length + body.length + 16, headers.length);
  const message = Buffer.concat([prelude, numbers(crc32(prelude)), headers, body]);
  return Buffer.concat([message, numbers(crc32(message))]);
}

function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([stringType]),
    length,
    Buffer.from(value),
  ]);
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, 4 * index);
  });
  return bytes;
}
