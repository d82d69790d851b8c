import type { ConfigTestCase } from '../../compiler/schema/config-test.ts';
import { denials } from '../../contract/artifacts/decision-table.ts';
import { canonicalText, isObject, type Json } from '../../contract/canonical.ts';
import { decimalOf } from './decimal.ts';
import type { Observation, Outcome } from './engine.ts';
import type { TestedEnvironment } from './environment.ts';
import { errorOf, modelIdsOf, promptOf, providerOf, reasonOf } from './observed.ts';
import { percentText, shareDifferences } from './shares.ts';

type Expect = ConfigTestCase['expect'];
type Expected<K extends keyof Expect> = NonNullable<Expect[K]>;

export interface Circumstances {
  /** Path of the request: it decides which format errors have. */
  readonly path: string;
  readonly environment: Pick<TestedEnvironment, 'table' | 'limits'>;
  /** Weights are probabilities and no counts: shares have to be met exactly. */
  readonly exact: boolean;
}

/** What differs from what was expected, one sentence each. Nothing: the case passes. */
export function judge(expect: Expect, outcomes: readonly Outcome[], circumstances: Circumstances): string[] {
  const total = outcomes.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return ['there was no outcome'];
  const weights = new Map<string, number>();
  for (const { weight, observation } of outcomes) {
    for (const sentence of new Set(differences(expect, observation, circumstances))) {
      weights.set(sentence, (weights.get(sentence) ?? 0) + weight);
    }
  }
  const sentences = [...weights].map(([sentence, weight]) =>
    weight === total ? sentence : `${sentence} (in ${percentText(weight, total)} of the requests)`,
  );
  return [...sentences, ...shareDifferences(expect, outcomes, circumstances.exact)];
}

type Comparison<K extends keyof Expect> = (
  expected: Expected<K>,
  observation: Observation,
  circumstances: Circumstances,
) => readonly string[];

/** One entry for everything that a case can expect of each single outcome. */
const comparisons: { readonly [K in Exclude<keyof Expect, 'shares' | 'tolerance'>]-?: Comparison<K> } = {
  status: statusDifferences,
  rule: (expected, { log }) => differs('rule', expected, log['gw.rule']),
  provider: (expected, observation) => differs('provider', expected, providerOf(observation)),
  attempts: (expected, { attempts }) => differs('attempts', expected, attempts),
  upstreamModel: (expected, { upstream }) => differs('upstreamModel', expected, upstream?.model),
  sent: (expected, observation) => sentDifferences(expected as Readonly<Record<string, Json>>, observation),
  prompt: (expected, observation) => differs('prompt', expected, promptOf(observation)),
  answer: (expected, { text }) => differs('answer', expected, text),
  guardrails: (expected, observation, circumstances) =>
    differs('guardrails', expected, guardrailsOn(observation, circumstances)),
  detected: (expected, { log }) => differs('detected', [...expected].sort(), detectedIn(log)),
  limits: (expected, observation, circumstances) =>
    Object.entries(expected).flatMap(([name, limit]) =>
      differs(`limits.${name}`, limit, limitsOf(observation, circumstances)[name as keyof Expected<'limits'>]),
    ),
  costUsd: (expected, { log }) => costDifferences(expected, log['gw.cost_usd']),
  costCenter: (expected, { log }) => differs('costCenter', expected, log['gw.cost_center']),
  headers: (expected, { headers }) =>
    Object.entries(expected).flatMap(([name, value]) =>
      differs(`header ${name}`, value, typeof value === 'boolean' ? headers[name] !== undefined : headers[name]),
    ),
  models: (expected, observation) => differs('models', [...expected].sort(), modelIdsOf(observation)?.sort()),
  error: errorDifferences,
};

function differences(expect: Expect, observation: Observation, circumstances: Circumstances): string[] {
  const compare = <K extends keyof typeof comparisons>(name: K): readonly string[] => {
    const expected = expect[name];
    const comparison = comparisons[name] as Comparison<K>;
    return expected === undefined ? [] : comparison(expected as Expected<K>, observation, circumstances);
  };
  return (Object.keys(comparisons) as (keyof typeof comparisons)[]).flatMap(compare);
}

/** With the reason that the client reads: most often it is what the author of the case wants to know. */
function statusDifferences(expected: number, observation: Observation): string[] {
  const reason = observation.status < 400 ? undefined : reasonOf(observation);
  return differs('status', expected, observation.status).map((sentence) =>
    reason === undefined ? sentence : `${sentence}: ${JSON.stringify(reason)}`,
  );
}

function differs(name: string, expected: Json | undefined, actual: Json | undefined): string[] {
  return same(expected, actual) ? [] : [`${name}: expected ${shown(expected)}, was ${shown(actual)}`];
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalText(a) === canonicalText(b);
}

function shown(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  const text = typeof value === 'string' && /^[^\s",]+$/.test(value) ? value : JSON.stringify(value);
  return text.length <= 300 ? text : `${text.slice(0, 299)}…`;
}

/** `null` stands for a field that is not there. */
function sentDifferences(expected: Readonly<Record<string, Json>>, { upstream }: Observation): string[] {
  if (upstream === undefined) return ['sent: no provider was called'];
  const body = isObject(upstream.body) ? upstream.body : {};
  return Object.entries(expected).flatMap(([name, value]) =>
    differs(`sent ${name}`, value ?? undefined, (Object.hasOwn(body, name) ? body[name] : undefined) ?? undefined),
  );
}

function ruleOf({ log }: Observation, { environment: { table } }: Circumstances) {
  const id = log['gw.rule'];
  return typeof id === 'string' && Object.hasOwn(table.rules, id) ? table.rules[id] : undefined;
}

/** Those of the rule; where the decision itself has found something, those of the tenant's class. */
export function guardrailsOn(observation: Observation, circumstances: Circumstances): readonly string[] {
  const rule = ruleOf(observation, circumstances);
  if (rule !== undefined) return rule.guardrails;
  if (!String(observation.log['gw.rule']).startsWith(denials.blocked)) return [];
  const { tenants, classes } = circumstances.environment.table;
  return classes[tenants[String(observation.log['gw.tenant'])]?.class ?? '']?.guardrails ?? [];
}

function detectedIn(log: Observation['log']): string[] {
  const value = log['gw.detected'];
  return typeof value === 'string' ? value.split(' ').filter(Boolean).sort() : [];
}

/** Denials of the table are counted by nobody, and the gateway's own counters take requests only. */
function limitsOf(observation: Observation, circumstances: Circumstances): Expected<'limits'> {
  const { table, limits } = circumstances.environment;
  const tenant = observation.log['gw.tenant'];
  const row = typeof tenant === 'string' && Object.hasOwn(table.tenants, tenant) ? table.tenants[tenant] : undefined;
  const counted = limits !== undefined && ruleOf(observation, circumstances) !== undefined;
  return {
    requestsPerMinute: counted ? (row?.limits.requestsPerMinute ?? null) : null,
    tokensPerDay: counted && limits === 'global' ? (row?.limits.tokensPerDay ?? null) : null,
  };
}

function costDifferences(expected: string, actual: Json | undefined): string[] {
  const cost = typeof actual === 'number' ? decimalOf(actual) : undefined;
  if (cost !== undefined && withoutZeros(cost) === withoutZeros(expected)) return [];
  return [`costUsd: expected ${expected}, was ${cost ?? 'absent'}`];
}

function withoutZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

function errorDifferences(
  expected: Expected<'error'>,
  observation: Observation,
  { path, environment }: Circumstances,
): string[] {
  const error = errorOf(observation);
  if (error === undefined) return [`error: expected a JSON error, was ${shown(observation.body)}`];
  const format = environment.table.surfaces[path]?.format ?? 'openai';
  const isStream = typeof observation.body === 'string';
  return [
    ...(isStream ? [] : differs('error format', format, error.format)),
    ...(expected.type === undefined ? [] : differs('error type', expected.type, error.type)),
    ...(expected.code === undefined ? [] : differs('error code', expected.code, error.code)),
    ...(expected.message === undefined || String(error.message).includes(expected.message)
      ? []
      : [`error message: expected a text with ${shown(expected.message)}, was ${shown(error.message)}`]),
  ];
}
