import { isList, isObject, type Json, type JsonObject } from '../../../contract/canonical.ts';
import type { World } from '../engine.ts';
import type { RouteType } from './config-ai.ts';

interface Said {
  readonly role: string;
  readonly content: string;
}

/** `unreadable` is what the failure mode decides; `wrong` fails whatever it says. */
type Action =
  | { readonly kind: 'pass' }
  | { readonly kind: 'mask'; readonly items: readonly Said[] }
  | { readonly kind: 'reject'; readonly status: number; readonly body: string }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'wrong' };

/**
 * The gateway tries an answer as a mask, then as a rejection, then as a pass, and a pass is any object at all: an
 * action in a form that it does not know lets the request through. The status of the answer does not count.
 */
export function readAction(webhook: World['webhook'], expected: 'messages' | 'choices'): Action {
  if (webhook === 'ok' || webhook === 200) return { kind: 'pass' };
  if (typeof webhook !== 'object') return { kind: 'unreadable' };
  const { action } = webhook;
  if (!isObject(action)) return { kind: 'unreadable' };
  const { body, status_code: status, reason } = action;
  if (reason !== undefined && reason !== null && typeof reason !== 'string') return { kind: 'unreadable' };
  const mask = isObject(body) ? maskOf(body, expected) : undefined;
  if (mask !== undefined) return mask;
  if (
    typeof body === 'string' &&
    typeof status === 'number' &&
    Number.isInteger(status) &&
    status >= 0 &&
    status < 65_536
  ) {
    return status < 100 || status > 999 ? { kind: 'wrong' } : { kind: 'reject', status, body };
  }
  return { kind: 'pass' };
}

/** A mask of the other phase is understood, and wrong. */
function maskOf(body: JsonObject, expected: 'messages' | 'choices'): Action | undefined {
  const messages = saidOf(body['messages'], (item) => item);
  const choices = saidOf(body['choices'], (item) => item['message']);
  const items = messages ?? choices;
  if (items === undefined) return undefined;
  return (messages === undefined ? 'choices' : 'messages') === expected ? { kind: 'mask', items } : { kind: 'wrong' };
}

function saidOf(
  value: Json | undefined,
  messageOf: (item: JsonObject) => Json | undefined,
): readonly Said[] | undefined {
  if (!isList(value)) return undefined;
  const items = value.map((item) => (isObject(item) ? said(messageOf(item)) : undefined));
  return items.every((item) => item !== undefined) ? items : undefined;
}

function said(value: Json | undefined): Said | undefined {
  if (!isObject(value)) return undefined;
  const { role, content } = value;
  return typeof role === 'string' && typeof content === 'string' ? { role, content } : undefined;
}

/** Every message is made anew from role and text: tools, images and cache marks are lost. */
export function masked(type: RouteType, body: JsonObject, items: readonly Said[]): JsonObject {
  if (type === 'responses') {
    const input = items.map(({ role, content }) => ({
      type: 'message',
      role,
      content: [{ type: role === 'assistant' ? 'output_text' : 'input_text', text: content }],
    }));
    return { ...body, input };
  }
  if (type !== 'messages') return { ...body, messages: items.map(({ role, content }) => ({ role, content })) };
  const system = items.filter(({ role }) => role === 'system');
  const { system: _, ...rest } = body;
  return {
    ...rest,
    ...(system.length === 0 ? {} : { system: system.map(({ content }) => ({ type: 'text', text: content })) }),
    messages: items
      .filter(({ role }) => role !== 'system')
      .map(({ role, content }) => ({ role, content: [{ type: 'text', text: content }] })),
  };
}
