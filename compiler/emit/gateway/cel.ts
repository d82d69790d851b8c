import { denialMark } from '../../../contract/artifacts/decision-table.ts';
import type { Json } from '../../../contract/canonical.ts';

/** CEL source text. Built only from these functions, so that no configured text can become code. */
export type Cel = string;

/** A string literal. JSON's escapes are a subset of CEL's. */
export function literal(text: string): Cel {
  return JSON.stringify(text);
}

/** A flat map literal of strings: folded once by the gateway and looked up by hash, however large. */
export function stringMap(entries: readonly (readonly [string, string])[]): Cel {
  return `{${entries.map(([key, value]) => `${literal(key)}:${literal(value)}`).join(',')}}`;
}

/** A map literal whose values are JSON text: rows and lists cost the gateway less than half as text than as nested maps. */
export function jsonMap(entries: readonly (readonly [string, Json])[]): Cel {
  return stringMap(entries.map(([key, value]) => [key, JSON.stringify(value)]));
}

/** The same question as `isDenial`, of an expression. */
export function denies(decision: Cel): Cel {
  return `${decision}.startsWith(${literal(denialMark)})`;
}
