import type { Infra } from '../contract/infra.ts';
import { tokenOpening, tokenPattern } from '../contract/tokens.ts';
import type { Violation } from './violation.ts';

export interface Bindings {
  readonly release: string;
  /** Digest of the linked config; null: not known yet, which is so while that config itself is linked. */
  readonly linked: string | null;
  /** Client key → app client id. */
  readonly clients: Readonly<Record<string, string>>;
  readonly infra: Infra;
}

export type Linked = { readonly text: string } | { readonly violations: readonly Violation[] };

/** Pure substitution of tokens. Values cannot leave the string they stand in: not in JSON, not in CEL, not in the
 * gateway's own `$` expansion. */
export function link(name: string, text: string, bindings: Bindings): Linked {
  const unbound = new Set<string>();
  const unsafe = new Set<string>();
  const linked = text.replace(tokenPattern, (token: string, kind: string, argument: string | undefined) => {
    const value = boundValue(kind, argument, bindings);
    if (value === undefined) unbound.add(token);
    else if (!safeValue.test(value)) unsafe.add(token);
    return value ?? '';
  });
  if (linked.includes(tokenOpening)) unbound.add(tokenOpening);
  const violations = [...twice(bindings.clients), ...unboundIn(name, unbound), ...unsafeIn(name, unsafe)];
  return violations.length > 0 ? { violations } : { text: linked };
}

const safeValue = /^[A-Za-z0-9_.:/@+=,%~-]+$/;

function boundValue(kind: string, argument: string | undefined, bindings: Bindings): string | undefined {
  const { infra } = bindings;
  if (argument === undefined) {
    if (kind === 'release') return bindings.release;
    return kind === 'linked' ? (bindings.linked ?? undefined) : undefined;
  }
  if (kind === 'client') return own(bindings.clients, argument);
  if (kind === 'secret') return own(infra.secrets, argument);
  if (kind === 'infra') {
    const value: unknown = own<unknown>(infra, argument);
    return typeof value === 'string' ? value : undefined;
  }
  return kind === 'guardrail' ? guardrailValue(argument, infra) : undefined;
}

function guardrailValue(argument: string, infra: Infra): string | undefined {
  const [name = '', field] = argument.split('/');
  const published = own(infra.guardrails, name);
  if (field === 'id') return published?.id;
  return field === 'version' ? published?.version : undefined;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** One id for two keys would give one tenant the rights of another. */
function twice(clients: Readonly<Record<string, string>>): Violation[] {
  const keys = new Map<string, string>();
  return Object.entries(clients).flatMap(([key, id]) => {
    const other = keys.get(id);
    keys.set(id, key);
    if (other === undefined) return [];
    const reason = `${other} and ${key} have one app client, ${id}`;
    return [{ code: 'ambiguous-client' as const, reason, fix: 'correct the recorded state' }];
  });
}

function unboundIn(name: string, tokens: ReadonlySet<string>): Violation[] {
  if (tokens.size === 0) return [];
  const reason = `${name} names what infra.json does not publish: ${[...tokens].sort().join(', ')}`;
  return [{ code: 'unbound-token', reason, fix: 'apply the infrastructure of this environment first' }];
}

function unsafeIn(name: string, tokens: ReadonlySet<string>): Violation[] {
  if (tokens.size === 0) return [];
  const reason = `values with characters that no configuration may take in, in ${name}: ${[...tokens].sort().join(', ')}`;
  return [{ code: 'unsafe-value', reason, fix: 'correct infra.json: letters, digits and _.:/@+=,%~- are taken' }];
}
