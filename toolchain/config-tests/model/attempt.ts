import type { JsonObject } from '../../../contract/canonical.ts';
import { Unknown } from '../cel/failure.ts';
import type { Behaviour, World } from '../engine.ts';
import { pieces } from '../providers/format.ts';
import { answerBody, blockedEvent, streamBody, streamEnd } from './answers.ts';
import type { Call } from './call.ts';
import type { Ai, RouteType } from './config-ai.ts';
import { type Answer, type Exchange, plainText } from './exchange.ts';
import { guardRequest, guardResponse } from './guards.ts';
import { type Prepare, preparation, routeTypeOf } from './llm-request.ts';
import { providerError } from './provider-errors.ts';
import { answersNoEmbeddings, type Provider, unsupported, wireFormat } from './providers.ts';
import { guardStream } from './stream-guards.ts';

/** What the log knows of a call: of a stream that was cut short no more than what stood at its beginning. */
export interface LlmUse {
  readonly call: Call;
  readonly tokens: 'counted' | 'begun' | 'uncounted';
}

/** One attempt to get an answer from one provider. */
export interface Attempt {
  readonly answer: Answer;
  /** Whether a retry depends on the status, is due anyway, or never happens. */
  readonly retry: 'by status' | 'always' | 'never';
  /** Undefined: the provider was not called. */
  readonly call?: Call;
  /** Undefined: the log learns nothing new of a provider. */
  readonly use?: LlmUse;
  readonly lasted: 'a moment' | 'until the deadline';
}

export type AttemptAt = (provider: Provider, exchange: Exchange, world: World) => Attempt;

/** The `ai` policy of a route, ready to process requests for any provider. */
export function attempts(ai: Ai): AttemptAt {
  const prepare = preparation(ai);
  return (provider, exchange, world) => attemptAt(ai, prepare, provider, exchange, world);
}

function attemptAt(ai: Ai, prepare: Prepare, provider: Provider, exchange: Exchange, world: World): Attempt {
  const type = routeTypeOf(ai.routes, exchange.path);
  const prepared = prepare(type, provider, exchange.request.body ?? '', exchange.variables);
  if ('problem' in prepared) return problem(prepared.problem);
  const { model } = prepared;
  const wire = wireFormat(type, provider, model);
  if (wire === undefined) {
    return type === 'anthropicTokenCount' ? estimate(prepared.body) : problem(unsupported(type, provider, model));
  }
  const guards = isChat(type) ? (ai.promptGuard?.request ?? []) : [];
  const guarded = guardRequest(guards, type, prepared.body, world);
  if ('failed' in guarded) return problem('prompt guard failed');
  if ('rejected' in guarded) return { answer: guarded.rejected, retry: 'never', lasted: 'a moment' };
  const streaming = isChat(type) && guarded.value['stream'] === true;
  const call: Call = { type, wire, provider, model, streaming, body: guarded.value };
  return { ...called(call, ai, world), call };
}

function isChat(type: RouteType): boolean {
  return type === 'completions' || type === 'messages' || type === 'responses';
}

function problem(reason: string): Attempt {
  return { answer: plainText(503, `processing failed: ${reason}`), retry: 'never', lasted: 'a moment' };
}

/** Without a provider that counts, the gateway estimates: how much is not for a test to say. */
function estimate(body: JsonObject): Attempt {
  const tokens = Math.ceil(JSON.stringify(body).length / 4);
  const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: { input_tokens: tokens } };
  return { answer, retry: 'never', lasted: 'a moment' };
}

function called(call: Call, ai: Ai, world: World): Attempt {
  const behaviour = world.providers[call.provider.resource] ?? 'ok';
  if (behaviour !== 'ok' && behaviour !== 200) return unwell(call, behaviour);
  if (call.type === 'embeddings' && answersNoEmbeddings(call.provider, call.model)) {
    return problem('failed to parse response');
  }
  return call.streaming ? streamed(call, ai, world) : whole(call, ai, world);
}

function unwell(call: Call, behaviour: Behaviour): Attempt {
  if (behaviour === 'down') {
    return { answer: plainText(503, 'upstream call failed'), retry: 'always', lasted: 'a moment' };
  }
  if (behaviour === 'slow') {
    return { answer: plainText(504, 'upstream call timeout'), retry: 'always', lasted: 'until the deadline' };
  }
  if (typeof behaviour !== 'number' || behaviour < 400) throw new Unknown(`a provider that answers ${behaviour}`);
  // What is no count is no answer to the gateway, whatever its status: it is neither passed on nor retried.
  if (call.type === 'anthropicTokenCount') return problem('failed to parse response');
  const answer = providerError(call, behaviour);
  return { answer, retry: 'by status', lasted: 'a moment', use: { call, tokens: 'uncounted' } };
}

function whole(call: Call, ai: Ai, world: World): Attempt {
  const { type, model } = call;
  const guarded = guardResponse(isChat(type) ? (ai.promptGuard?.response ?? []) : [], world.answer, world);
  if ('failed' in guarded) return problem('prompt guard failed');
  // To the gateway the rejection is the answer of the provider: a status that is retried is retried.
  if ('rejected' in guarded) return { answer: guarded.rejected, retry: 'by status', lasted: 'a moment' };
  const answer: Answer = {
    status: 200,
    fromProvider: true,
    headers: { 'content-type': 'application/json' },
    body: answerBody(type, model, guarded.value),
    ...(isChat(type) ? { text: guarded.value } : {}),
  };
  return { answer, retry: 'by status', lasted: 'a moment', use: { call, tokens: 'counted' } };
}

function streamed(call: Call, ai: Ai, world: World): Attempt {
  const active = ai.promptGuard?.streaming === 'Enabled' ? (ai.promptGuard.response ?? []) : [];
  const { text, rejected, cutShort } = guardStream(active, pieces(world.answer), world);
  const end = rejected === undefined ? streamEnd : blockedEvent(rejected.body);
  const answer: Answer = {
    status: 200,
    fromProvider: true,
    headers: { 'content-type': 'text/event-stream' },
    body: streamBody(call.type, text, end),
    ...(text === '' ? {} : { text }),
  };
  return { answer, retry: 'by status', lasted: 'a moment', use: { call, tokens: cutShort ? 'begun' : 'counted' } };
}
