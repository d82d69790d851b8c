import { isList, isObject, type Json, type JsonObject } from '../../contract/canonical.ts';
import type { Observation } from './engine.ts';

/** As the formats of clients say it. */
interface ClientError {
  readonly format: 'openai' | 'anthropic';
  readonly type: Json | undefined;
  readonly code: Json | undefined;
  readonly message: Json | undefined;
}

export function providerOf({ attempts }: Observation): string | undefined {
  return attempts.at(-1);
}

/** The error that a client reads, of a JSON answer or as an event of a stream. */
export function errorOf({ body }: Observation): ClientError | undefined {
  const candidates = typeof body === 'string' ? eventsOf(body) : [body];
  for (const candidate of candidates) {
    const error = field(candidate, 'error');
    if (!isObject(error)) continue;
    const format = field(candidate, 'type') === 'error' ? 'anthropic' : 'openai';
    return { format, type: error['type'], code: error['code'], message: error['message'] };
  }
  return undefined;
}

/** Why a request was refused, in the words that its client reads; undefined: there are none. */
export function reasonOf(observation: Observation): string | undefined {
  const message = errorOf(observation)?.message;
  const words = typeof message === 'string' ? message : observation.body;
  return typeof words !== 'string' || words === '' ? undefined : words.slice(0, longestReason);
}

const longestReason = 120;

/** The data of server-sent events, of those that is JSON. */
export function eventsOf(text: string): Json[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line.startsWith('data:') ? [JSON.parse(line.slice('data:'.length)) as Json] : [];
    } catch {
      return [];
    }
  });
}

/** Ids of a list of models; undefined: the body is no such list. */
export function modelIdsOf({ body }: Observation): string[] | undefined {
  const data = field(body, 'data');
  return isList(data) ? data.map((entry) => String(field(entry, 'id'))) : undefined;
}

/** What the user says in the body that a provider got: of a conversation, the last turn. */
export function promptOf({ upstream }: Observation): string | undefined {
  const body = upstream?.body;
  if (!isObject(body)) return undefined;
  for (const name of ['messages', 'contents', 'input', 'inputText']) {
    const value = body[name];
    if (value !== undefined) return isTurns(value) ? textOf(lastOfUser(value)) : textOf(value);
  }
  return undefined;
}

function isTurns(value: Json): value is readonly JsonObject[] {
  return isList(value) && value.length > 0 && value.every((item) => field(item, 'role') !== undefined);
}

function lastOfUser(turns: readonly JsonObject[]): Json {
  const turn = turns.findLast(({ role }) => role === 'user');
  return turn?.['content'] ?? turn?.['parts'] ?? null;
}

function textOf(content: Json): string | undefined {
  if (typeof content === 'string') return content;
  if (!isList(content)) return undefined;
  const texts = content.map((part) => (typeof part === 'string' ? part : field(part, 'text')));
  return texts.filter((text) => typeof text === 'string').join('');
}

function field(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
