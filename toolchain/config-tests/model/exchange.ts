import type { Json } from '../../../contract/canonical.ts';
import { settled } from '../cel/compiled.ts';
import type { Expression } from '../cel/expression.ts';
import { fromJson, toJsonText } from '../cel/json.ts';
import { Duration, Headers, type Key, type Value } from '../cel/value.ts';
import type { TestRequest } from '../engine.ts';

/** One request on its way through the gateway, and what expressions can see of it. */
export interface Exchange {
  readonly request: TestRequest;
  /** Without the query. Dot segments stay: to the gateway they are a path of their own. */
  readonly path: string;
  readonly headers: Headers;
  readonly metadata: Map<Key, Value>;
  readonly variables: Map<string, Value>;
}

/** What the gateway answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly text?: string;
  /** Whether it is an answer of a provider, and not one of the gateway's own. */
  readonly fromProvider?: true;
}

export function begin(request: TestRequest, maxBodyBytes: number): Exchange {
  const [path = ''] = request.path.split('?');
  const headers = new Headers(Object.entries(request.headers));
  const metadata = new Map<Key, Value>();
  const body = Buffer.from(request.body ?? '');
  const seen = new Map<Key, Value>([
    ['method', request.method],
    ['path', path],
    ['pathAndQuery', request.path],
    ['headers', headers],
  ]);
  // A body that is too large is not null to an expression: it is not there.
  if (body.length <= maxBodyBytes) seen.set('body', body);
  return { request, path, headers, metadata, variables: new Map<string, Value>([['request', seen]]) };
}

export function setClaims(exchange: Exchange, claims: { readonly [claim: string]: Json }): void {
  exchange.variables.set('jwt', fromJson(claims));
}

/** An answer, as expressions see it. */
export function responseOf(status: number, headers: Headers): Value {
  return new Map<Key, Value>([
    ['code', BigInt(status)],
    ['headers', headers],
  ]);
}

/** What is known of a call: to a provider it took some time, and without one there is nothing. */
export function proxyOf(called: boolean): Value {
  return new Map<Key, Value>(called ? [['upstreamDuration', new Duration(1n)]] : []);
}

export function headersOf({ headers }: Pick<Answer, 'headers'>): Headers {
  return new Headers(Object.entries(headers));
}

/** The value, or undefined where the expression has none. */
export function evaluated(expression: Expression, variables: ReadonlyMap<string, Value>): Value | undefined {
  return settled(() => expression.evaluate(variables)).value;
}

/** Whatever is not true does not hold. */
export function holds(expression: Expression, variables: ReadonlyMap<string, Value>): boolean {
  return evaluated(expression, variables) === true;
}

/** Only texts and bytes without control characters make a header. */
export function headerOf(expression: Expression, variables: ReadonlyMap<string, Value>): string | undefined {
  const value = evaluated(expression, variables);
  const text = value instanceof Uint8Array ? Buffer.from(value).toString() : value;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are refused.
  return typeof text === 'string' && !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text) ? text : undefined;
}

/** A body: texts as they are, everything else as JSON. */
export function bodyOf(value: Value): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  return typeof value === 'string' ? value : toJsonText(value);
}

/** As a client sees it: JSON where it is JSON. */
export function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** How the gateway answers by itself: a plain text. */
export function plainText(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { ...headers, 'content-type': 'text/plain' }, body: text };
}
