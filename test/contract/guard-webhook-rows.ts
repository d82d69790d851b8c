import type { Json } from '../../contract/canonical.ts';

export interface Row {
  readonly what: string;
  readonly phase: 'request' | 'response';
  readonly answer: Json;
  /** To the gateway. `error` is a 503 in any failure mode; `unreadable` is what the failure mode decides about. */
  readonly meaning: 'pass' | 'mask' | 'reject' | 'error' | 'unreadable';
  /** Whether our schema takes it. */
  readonly isTaken: boolean;
}

const messages = { messages: [{ role: 'user', content: 'masked' }] };
const choices = { choices: [{ message: { role: 'assistant', content: 'masked' } }] };

const row = (what: string, phase: Row['phase'], answer: Json, meaning: Row['meaning'], isTaken: boolean): Row => ({
  what,
  phase,
  answer,
  meaning,
  isTaken,
});

/** What the gateway makes of an answer of a webhook: tests of the binary engine see it there. */
export const rows: readonly Row[] = [
  row('nothing to object', 'request', { action: {} }, 'pass', true),
  row('nothing to object, with a reason', 'request', { action: { reason: 'ok' } }, 'pass', true),
  row('nothing to object to an answer', 'response', { action: {} }, 'pass', true),
  row('a pass under a name', 'request', { action: { pass: {} } }, 'pass', false),
  row('masked messages', 'request', { action: { body: messages } }, 'mask', true),
  row('masked choices', 'response', { action: { body: choices, reason: 'pii' } }, 'mask', true),
  row('a rejection', 'request', { action: { body: 'text', status_code: 429 } }, 'reject', true),
  row(
    'a rejection of an answer',
    'response',
    { action: { body: 'text', status_code: 403, reason: 'x' } },
    'reject',
    true,
  ),
  row('a rejection under a name', 'request', { action: { reject: { status_code: 429, body: 'x' } } }, 'pass', false),
  row('a mask under a name', 'request', { action: { mask: { body: messages } } }, 'pass', false),
  row('a rejection without a status', 'request', { action: { body: 'text' } }, 'pass', false),
  row(
    'a rejection with its status as text',
    'request',
    { action: { body: 'text', status_code: '403' } },
    'pass',
    false,
  ),
  row('a mask with a status', 'request', { action: { body: messages, status_code: 403 } }, 'mask', false),
  row('choices for a request', 'request', { action: { body: choices } }, 'error', false),
  row('messages for an answer', 'response', { action: { body: messages } }, 'error', false),
  row('a word', 'request', { action: 'pass' }, 'unreadable', false),
  row('null', 'request', { action: null }, 'unreadable', false),
  row('no action', 'request', {}, 'unreadable', false),
  row('no JSON object', 'request', 'pass', 'unreadable', false),
  row('a status below 100', 'request', { action: { body: 'text', status_code: 99 } }, 'error', false),
  row('a status above 999', 'request', { action: { body: 'text', status_code: 1000 } }, 'error', false),
];
