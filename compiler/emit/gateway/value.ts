import type { Json } from '../../../contract/canonical.ts';

/**
 * What gateway config is built from: JSON, references to environment variables, and objects whose order counts.
 * agentgateway expands every `$` in the text of its config, also in CEL, in regexes and in keys. Only `finish` writes
 * dollar signs: one for a reference, two for every one that came from anywhere else.
 */
export type GatewayValue =
  | Json
  | EnvironmentReference
  | InOrder
  | readonly GatewayValue[]
  | { readonly [key: string]: GatewayValue };

export type GatewayObject = { readonly [key: string]: GatewayValue };

/** The value of an environment variable of the gateway's process: how a secret reaches it. */
export class EnvironmentReference {
  readonly variable: string;
  constructor(variable: string) {
    this.variable = variable;
  }
}

/** An object that the gateway evaluates from top to bottom. */
export class InOrder {
  readonly entries: readonly (readonly [string, GatewayValue])[];
  constructor(entries: readonly (readonly [string, GatewayValue])[]) {
    this.entries = entries;
  }
}

export interface Finished {
  readonly value: Json;
  readonly evaluatedInOrder: ReadonlySet<Json>;
}

export function finish(value: GatewayValue): Finished {
  const evaluatedInOrder = new Set<Json>();
  return { value: plain(value, evaluatedInOrder), evaluatedInOrder };
}

function plain(value: GatewayValue, inOrder: Set<Json>): Json {
  if (typeof value === 'string') return escapeDollars(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof EnvironmentReference) return `\${${value.variable}}`;
  if (Array.isArray(value)) return value.map((item: GatewayValue) => plain(item, inOrder));
  const entries = value instanceof InOrder ? value.entries : Object.entries(value as GatewayObject);
  const object = Object.fromEntries(entries.map(([key, item]) => [escapeDollars(key), plain(item, inOrder)]));
  if (value instanceof InOrder) inOrder.add(object);
  return object;
}

function escapeDollars(text: string): string {
  return text.replaceAll('$', '$$$$');
}
