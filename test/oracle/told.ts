import type { Outcome } from '../../toolchain/config-tests/engine.ts';
import type { Answer, Decision } from './oracle.ts';

/** What both say about one request, in one form: who, by which rule, and every end with its share of the requests. */
export interface Told {
  readonly tenant: string | undefined;
  readonly decision: string | undefined;
  /** `attempts → model: status`, each with its share from 0 to 1. */
  readonly ends: Readonly<Record<string, number>>;
}

export function toldByOracle({ tenant, decision, ends }: Answer): Told {
  return {
    tenant,
    decision: decision === undefined ? undefined : text(decision),
    ends: shares(ends.map((end) => [end.weight, describe(end.attempts, end.upstreamModel, end.status)])),
  };
}

/** A rule may have a suffix for its guardrails and residency: those are told by what it does. */
export function toldByEngine(outcomes: readonly Outcome[], { decision }: Answer): Told {
  const [first] = outcomes;
  const rule = first?.observation.log['gw.rule'];
  const variant = /^(\.g-[0-9a-f]{6})?(\.r(-[a-z]+)+)?$/;
  const expected = typeof decision === 'object' ? text(decision) : undefined;
  const known = expected !== undefined && typeof rule === 'string' && rule.startsWith(expected);
  const tenant = first?.observation.log['gw.tenant'];
  return {
    tenant: typeof tenant === 'string' ? tenant : undefined,
    decision:
      typeof rule !== 'string' ? undefined : known && variant.test(rule.slice(expected.length)) ? expected : rule,
    ends: shares(
      outcomes.map(({ weight, observation: { attempts, upstream, status } }) => [
        weight,
        describe(attempts, upstream?.model, status),
      ]),
    ),
  };
}

/** Shares are equal where they round to the same millionth. */
function shares(ends: readonly (readonly [number, string])[]): Record<string, number> {
  const total = ends.reduce((sum, [weight]) => sum + weight, 0);
  const summed: Record<string, number> = {};
  for (const [weight, end] of ends) summed[end] = (summed[end] ?? 0) + weight / total;
  const names = Object.keys(summed).sort();
  return Object.fromEntries(names.map((name) => [name, Math.round((summed[name] ?? 0) * 1e6) / 1e6]));
}

function describe(attempts: readonly string[], model: string | undefined, status: number): string {
  return `${attempts.join(', ') || 'nobody'} → ${model ?? 'no model'}: ${status}`;
}

function text(decision: Decision): string {
  return typeof decision === 'string' ? decision : `${decision.profile}.${decision.model}`;
}
