import type { World } from '../engine.ts';
import type { Guard } from './config-ai.ts';
import { type Answer, plainText } from './exchange.ts';
import { guardResponse } from './guards.ts';

/** How many bytes of text the gateway gathers before its guards look, and how many of those before they see again. */
const windowBytes = 1024;
const overlapBytes = 256;

interface GuardedStream {
  /** What the client has read, and what ended it before its end. */
  readonly text: string;
  readonly rejected: Answer | undefined;
  /** Whether the answer was still coming when it was rejected: then nobody read how many tokens it has. */
  readonly cutShort: boolean;
}

const failedClosed: Answer = plainText(403, 'Content blocked by guardrail policy');

/** Windows of the text are held back until the guards have seen them. What was let go cannot be called back; masks are ignored. */
export function guardStream(guards: readonly Guard[], pieces: readonly string[], world: World): GuardedStream {
  let [passed, pending, tail] = ['', '', ''];
  const blocked = (): Answer | undefined => {
    const window = tail + pending;
    const rejected = window === '' ? undefined : rejection(guards, window, world);
    if (rejected !== undefined) return rejected;
    passed += pending;
    tail = lastBytes(window);
    pending = '';
    return undefined;
  };
  for (const piece of pieces) {
    pending += piece;
    if (Buffer.byteLength(pending) < windowBytes) continue;
    const rejected = blocked();
    if (rejected !== undefined) return { text: passed, rejected, cutShort: true };
  }
  const rejected = pending === '' ? undefined : blocked();
  return { text: passed, rejected, cutShort: false };
}

/** Each guard sees the same window. Of failing guards only a webhook that says so blocks. */
function rejection(guards: readonly Guard[], window: string, world: World): Answer | undefined {
  for (const guard of guards) {
    const guarded = guardResponse([guard], window, world);
    if ('rejected' in guarded) return guarded.rejected;
    if ('failed' in guarded && 'webhook' in guard && guard.webhook.failureMode === 'failClosed') return failedClosed;
  }
  return undefined;
}

function lastBytes(text: string): string {
  const bytes = Buffer.from(text);
  let start = Math.max(0, bytes.length - overlapBytes);
  // Not within a character: continuation bytes begin with 10.
  while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return bytes.subarray(start).toString();
}
