import type { Json, JsonObject } from '../../../contract/canonical.ts';
import type { Reply } from '../loopback.ts';

/** One request as a provider reads it. */
export interface ProviderCall {
  /** Of the body, or of the path where the format has it there. */
  readonly model: string;
  readonly body: JsonObject;
}

/** A wire format of providers: how to recognise, answer and refuse its requests. */
export interface Format {
  /** Matches the path without its query; a group `model` holds the model where the path names it. */
  readonly path: RegExp;
  /** A complete answer with this text, as a stream where the request asks for one. */
  answer(call: ProviderCall, text: string): Reply;
  /** The provider's own error. */
  refuse(status: number): Reply;
}

/** The text in two pieces where it is long enough, as a stream brings it: never cut within a character. */
export function pieces(text: string): readonly string[] {
  const characters = Array.from(text);
  if (characters.length < 2) return [text];
  const half = Math.ceil(characters.length / 2);
  return [characters.slice(0, half).join(''), characters.slice(half).join('')];
}

/** Server-sent events; `named` ones carry their type as the event's name too. */
export function events(data: readonly JsonObject[], options: { named?: boolean; end?: string } = {}): Reply {
  const chunks = data.map((value) => {
    const name = options.named === true && typeof value['type'] === 'string' ? `event: ${value['type']}\n` : '';
    return `${name}data: ${JSON.stringify(value)}\n\n`;
  });
  const end = options.end === undefined ? [] : [`data: ${options.end}\n\n`];
  return { status: 200, headers: { 'content-type': 'text/event-stream' }, chunks: [...chunks, ...end] };
}

/** What is embedded: one vector for each of these. */
export function countOf(input: Json | undefined): number {
  return Array.isArray(input) ? Math.max(input.length, 1) : 1;
}

export const vector = [0.1, 0.2, 0.3] as const;

export function failureMessage(status: number): string {
  return `the provider answered ${status}`;
}
