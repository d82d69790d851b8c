import { canonicalText, isObject, type Json } from '../../contract/canonical.ts';
import type { LogFieldName } from '../../contract/observability.ts';
import type { Observation, Outcome } from './engine.ts';
import { errorOf } from './observed.ts';

type Facts = { readonly [name: string]: Json };

/**
 * What of an observation both engines must agree on. Texts that the gateway words itself, times and counters are left
 * out: no case can depend on them.
 */
function facts(observation: Observation): Facts {
  const error = errorOf(observation);
  const logged = (name: LogFieldName): Json => observation.log[name] ?? null;
  return {
    status: observation.status,
    text: observation.text ?? null,
    route: observation.route ?? null,
    attempts: observation.attempts,
    upstreamModel: observation.upstream?.model ?? null,
    error:
      isObject(observation.body) && error !== undefined
        ? { type: error.type ?? null, message: error.message ?? null }
        : null,
    rule: logged('gw.rule'),
    tenant: logged('gw.tenant'),
    model: logged('gw.model'),
    detected: logged('gw.detected'),
    costUsd: logged('gw.cost_usd'),
  };
}

/** Sentences on every measured end that the model holds for impossible. */
export function disagreements(model: readonly Outcome[], measured: readonly Outcome[]): string[] {
  const possible = model.map(({ observation }) => facts(observation));
  const known = new Set(possible.map((each) => canonicalText(each)));
  const surprises = new Map<string, Facts>();
  for (const { observation } of measured) {
    const seen = facts(observation);
    const text = canonicalText(seen);
    if (!known.has(text)) surprises.set(text, seen);
  }
  return [...surprises.values()].flatMap((seen) => compared(possible, seen));
}

/** Against the possible end that comes nearest. */
function compared(possible: readonly Facts[], seen: Facts): readonly string[] {
  const candidates = possible.map((each) =>
    Object.keys(seen)
      .filter((name) => JSON.stringify(each[name]) !== JSON.stringify(seen[name]))
      .map((name) => `${name}: the model says ${JSON.stringify(each[name])}, the binary ${JSON.stringify(seen[name])}`),
  );
  const [nearest] = candidates.sort((a, b) => a.length - b.length);
  return nearest ?? ['the model has no outcome'];
}
