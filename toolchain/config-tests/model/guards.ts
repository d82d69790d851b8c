import type { JsonObject } from '../../../contract/canonical.ts';
import { type Range, regex } from '../cel/regex.ts';
import type { World } from '../engine.ts';
import type { Guard, Rejection, RouteType } from './config-ai.ts';
import { type Answer, parsed } from './exchange.ts';
import { recognisers } from './personal-data.ts';
import { visitTexts } from './texts.ts';
import { masked, readAction } from './webhook.ts';

/** What becomes of a text or a body: another one, an answer instead of it, or a failure of the guard itself. */
export type Guarded<T> = { readonly value: T } | { readonly rejected: Answer } | { readonly failed: true };

/** Runs the guards in order over a request, each over what the one before it left. */
export function guardRequest(
  guards: readonly Guard[],
  type: RouteType,
  body: JsonObject,
  world: World,
): Guarded<JsonObject> {
  let value = body;
  for (const guard of guards) {
    const guarded = 'webhook' in guard ? hookRequest(guard, type, value, world) : visitBody(guard, type, value);
    if (!('value' in guarded)) return guarded;
    value = guarded.value;
  }
  return { value };
}

/** The same over the text of an answer. A mask of a webhook sets the one text that there is. */
export function guardResponse(guards: readonly Guard[], text: string, world: World): Guarded<string> {
  let value = text;
  for (const guard of guards) {
    const guarded = 'webhook' in guard ? hookResponse(guard, value, world) : visitText(guard, value);
    if (!('value' in guarded)) return guarded;
    value = guarded.value;
  }
  return { value };
}

type LocalGuard = Exclude<Guard, { readonly webhook: unknown }>;
type Webhook = Extract<Guard, { readonly webhook: unknown }>;

function visitBody(guard: LocalGuard, type: RouteType, body: JsonObject): Guarded<JsonObject> {
  let rejected: Answer | undefined;
  const value = visitTexts(type, body, (text) => {
    const guarded = rejected === undefined ? visitText(guard, text) : { value: text };
    if ('rejected' in guarded) rejected = guarded.rejected;
    return 'value' in guarded ? guarded.value : text;
  });
  return rejected === undefined ? { value } : { rejected };
}

/** A Bedrock guardrail is a service of its own; in a test it finds nothing. */
function visitText(guard: LocalGuard, text: string): Guarded<string> {
  if (!('regex' in guard)) return { value: text };
  let value = text;
  for (const rule of guard.regex.rules) {
    const found = findings(rule, value);
    if (found.ranges.length === 0) continue;
    if (guard.regex.action === 'reject') return { rejected: rejectionOf(guard.rejection) };
    value = replaced(value, found.ranges, found.replacement);
  }
  return { value };
}

type Rule = Extract<LocalGuard, { readonly regex: unknown }>['regex']['rules'][number];

function findings(rule: Rule, text: string): { readonly ranges: readonly Range[]; readonly replacement: string } {
  if ('pattern' in rule) {
    // An empty match rejects, but there is nothing to mask.
    return { ranges: regex(rule.pattern).ranges(text), replacement: '<masked>' };
  }
  const { name, ranges } = recognisers[rule.builtin];
  return { ranges: ranges(text), replacement: `<${name}>` };
}

function replaced(text: string, ranges: readonly Range[], replacement: string): string {
  let result = text;
  for (const [start, end] of joined(ranges).toReversed())
    result = result.slice(0, start) + replacement + result.slice(end);
  return result;
}

/** Overlapping findings are one. */
function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = result.at(-1);
    if (start === end) continue;
    if (last !== undefined && start < last[1]) result[result.length - 1] = [last[0], Math.max(last[1], end)];
    else result.push([start, end]);
  }
  return result;
}

function rejectionOf({ status, headers, body }: Rejection): Answer {
  const set = Object.entries(headers?.set ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return { status, headers: Object.fromEntries(set), body: parsed(body) };
}

function hookRequest(guard: Webhook, type: RouteType, body: JsonObject, { webhook }: World): Guarded<JsonObject> {
  const action = readAction(webhook, 'messages');
  if (action.kind === 'mask') return { value: masked(type, body, action.items) };
  return hooked(guard, action, body);
}

function hookResponse(guard: Webhook, text: string, { webhook }: World): Guarded<string> {
  const action = readAction(webhook, 'choices');
  if (action.kind !== 'mask') return hooked(guard, action, text);
  const [choice, ...more] = action.items;
  // Every mock provider answers with one message.
  return choice === undefined || more.length > 0 ? { failed: true } : { value: choice.content };
}

function hooked<T>(
  { webhook: { failureMode } }: Webhook,
  action: Exclude<ReturnType<typeof readAction>, { readonly kind: 'mask' }>,
  value: T,
): Guarded<T> {
  if (action.kind === 'reject') return { rejected: { status: action.status, headers: {}, body: parsed(action.body) } };
  if (action.kind === 'pass') return { value };
  return action.kind === 'unreadable' && failureMode === 'failOpen' ? { value } : { failed: true };
}
