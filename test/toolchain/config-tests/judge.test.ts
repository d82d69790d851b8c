import { describe, expect, test } from 'vitest';
import type { ConfigTestCase } from '../../../compiler/schema/config-test.ts';
import type { DecisionTable } from '../../../contract/artifacts/decision-table.ts';
import { decimalOf } from '../../../toolchain/config-tests/decimal.ts';
import type { Observation } from '../../../toolchain/config-tests/engine.ts';
import { type Circumstances, judge } from '../../../toolchain/config-tests/judge.ts';
import { runsFor, toleranceProblem } from '../../../toolchain/config-tests/shares.ts';
import { leaves, schemaOf } from '../../compiler/effect/leaves.ts';
import { certain, observation } from './project.ts';

type Expect = ConfigTestCase['expect'];

const table = {
  tenants: { acme: { class: 'c-1', costCenter: 'CC-1', limits: { requestsPerMinute: 100, tokensPerDay: 5000 } } },
  classes: { 'c-1': { guardrails: ['baseline'] } },
  rules: { 'base.sonnet': { guardrails: ['baseline', 'strict'] } },
  surfaces: {
    '/v1/chat/completions': { format: 'openai', routeType: 'completions' },
    '/v1/messages': { format: 'anthropic', routeType: 'messages' },
  },
} as unknown as DecisionTable;

const circumstances: Circumstances = {
  path: '/v1/chat/completions',
  environment: { table, limits: 'global' },
  exact: true,
};

const answered: Observation = observation({
  headers: { 'retry-after': '5' },
  body: { data: [{ id: 'b' }, { id: 'a' }], error: { type: 'guard', code: 'blocked', message: 'it is blocked here' } },
  text: 'an answer',
  attempts: ['bedrock', 'anthropic'],
  upstream: { model: 'claude', body: { store: false, messages: [{ role: 'user', content: [{ text: 'a prompt' }] }] } },
  log: {
    'gw.rule': 'base.sonnet',
    'gw.tenant': 'acme',
    'gw.cost_center': 'CC-1',
    'gw.cost_usd': 0.00000693,
    'gw.detected': 'pii/b pii/a',
  },
});

const right: Omit<Required<Expect>, 'provider' | 'shares' | 'tolerance'> = {
  status: 200,
  rule: 'base.sonnet',
  attempts: ['bedrock', 'anthropic'],
  upstreamModel: 'claude',
  sent: { store: false, top_p: null },
  prompt: 'a prompt',
  answer: 'an answer',
  guardrails: ['baseline', 'strict'],
  detected: ['pii/a', 'pii/b'],
  limits: { requestsPerMinute: 100, tokensPerDay: 5000 },
  costUsd: '0.0000069300',
  costCenter: 'CC-1',
  headers: { 'retry-after': '5', 'x-other': false },
  models: ['b', 'a'],
  error: { type: 'guard', code: 'blocked', message: 'is blocked' },
};

/** One wrong value for every leaf of `expect`. */
const wrong: Readonly<Record<string, Partial<Expect>>> = {
  status: { status: 201 },
  rule: { rule: 'base.haiku' },
  provider: { provider: 'bedrock' },
  'attempts[]': { attempts: ['anthropic'] },
  'shares.{}': { shares: { bedrock: 100 } },
  'shares.*': { shares: { anthropic: 99, bedrock: 1 } },
  tolerance: { shares: { anthropic: 80, bedrock: 20 }, tolerance: 10 },
  upstreamModel: { upstreamModel: 'gpt' },
  'sent.{}': { sent: { top_k: false } },
  'sent.*': { sent: { store: null } },
  prompt: { prompt: 'another prompt' },
  answer: { answer: 'another answer' },
  'guardrails[]': { guardrails: ['strict', 'baseline'] },
  'detected[]': { detected: ['pii/a'] },
  'limits.requestsPerMinute<0>': { limits: { requestsPerMinute: 99 } },
  'limits.requestsPerMinute<1>': { limits: { requestsPerMinute: null } },
  'limits.tokensPerDay<0>': { limits: { tokensPerDay: 1 } },
  'limits.tokensPerDay<1>': { limits: { tokensPerDay: null } },
  costUsd: { costUsd: '0.00000694' },
  costCenter: { costCenter: 'CC-2' },
  'headers.{}': { headers: { 'x-other': '5' } },
  'headers.*': { headers: { 'retry-after': '6' } },
  'models[]': { models: ['a', 'b', 'c'] },
  'error.type': { error: { type: 'other' } },
  'error.code': { error: { code: 'other' } },
  'error.message': { error: { message: 'is open' } },
};

const prefix = 'ConfigTest.spec.cases[].expect.';
const outcomes = [{ weight: 1, observation: answered }];

describe('what a case expects', () => {
  test('has a wrong value for every leaf', () => {
    const all = [...leaves(schemaOf('ConfigTest'), 'ConfigTest').keys()].filter((leaf) => leaf.startsWith(prefix));
    expect(Object.keys(wrong).sort()).toEqual(all.map((leaf) => leaf.slice(prefix.length)).sort());
  });

  test('passes where all of it is right', () => {
    expect(judge(right, outcomes, circumstances)).toEqual([]);
    expect(judge({ status: 200, provider: 'anthropic' }, outcomes, circumstances)).toEqual([]);
    expect(judge({ status: 200, shares: { anthropic: 100 } }, outcomes, circumstances)).toEqual([]);
  });

  test.each(Object.keys(wrong))('fails where %s is wrong', (leaf) => {
    const expected = { status: 200, ...wrong[leaf] };
    expect(judge(expected, outcomes, { ...circumstances, exact: leaf !== 'tolerance' })).not.toEqual([]);
  });

  test('fails with a sentence', () => {
    expect(judge({ status: 403, provider: 'bedrock', prompt: 'who' }, outcomes, circumstances)).toEqual([
      'status: expected 403, was 200',
      'provider: expected bedrock, was anthropic',
      'prompt: expected who, was "a prompt"',
    ]);
  });
});

test.each([{ 'retry-after': false }, { 'x-other': true }, { 'x-other': '5' }])(
  'the headers %j are not those of the answer',
  (headers) => {
    expect(judge({ status: 200, headers } as Expect, outcomes, circumstances)).toHaveLength(1);
  },
);

test.each([
  [0.00693, '0.00693'],
  [1e-7, '0.0000001'],
  [1.25e-7, '0.000000125'],
  [12, '12'],
  [1.5e21, '1500000000000000000000'],
  [0, '0'],
])('the number %d is written %s', (number, text) => expect(decimalOf(number)).toBe(text));

describe('limits', () => {
  const expected = { status: 200, limits: { requestsPerMinute: 100, tokensPerDay: null } };

  test('count no tokens where the gateway itself counts', () => {
    expect(judge(expected, outcomes, { ...circumstances, environment: { table, limits: 'local' } })).toEqual([]);
  });

  test('are none where nobody counts, or the table denies', () => {
    const none = { status: 200, limits: { requestsPerMinute: null, tokensPerDay: null } };
    const denied = certain({ log: { ...answered.log, 'gw.rule': '!model' } });
    expect(judge(none, outcomes, { ...circumstances, environment: { table, limits: undefined } })).toEqual([]);
    expect(judge(none, denied, circumstances)).toEqual([]);
  });
});

describe('guardrails', () => {
  test('of a denial are none, of what the decision itself found those of the class', () => {
    const denied = (rule: string) => certain({ log: { 'gw.rule': rule, 'gw.tenant': 'acme' } });
    expect(judge({ status: 200, guardrails: [] }, denied('!model'), circumstances)).toEqual([]);
    expect(judge({ status: 200, guardrails: ['baseline'] }, denied('!blocked'), circumstances)).toEqual([]);
  });
});

describe('errors', () => {
  const anthropic = { type: 'error', error: { type: 'permission_error', message: 'no' } };
  const expected = { status: 403, error: { type: 'permission_error' } };

  test('have the format of the path', () => {
    const denied = certain({ status: 403, body: anthropic });
    expect(judge(expected, denied, { ...circumstances, path: '/v1/messages' })).toEqual([]);
    expect(judge(expected, denied, circumstances)).toEqual(['error format: expected openai, was anthropic']);
  });

  test('are JSON', () => {
    const denied = certain({ status: 403, body: 'authorization failed' });
    expect(judge(expected, denied, circumstances)).toEqual([
      'error: expected a JSON error, was "authorization failed"',
    ]);
  });

  test('end a stream as an event', () => {
    const cut = certain({ body: 'data: {"id": 1}\n\ndata: {"error": {"type": "guardrail_blocked"}}\n\n' });
    expect(judge({ status: 200, error: { type: 'guardrail_blocked' } }, cut, circumstances)).toEqual([]);
    expect(judge({ status: 200, error: { type: 'other' } }, cut, circumstances)).toHaveLength(1);
  });
});

describe('an unexpected refusal', () => {
  const refused = (body: Observation['body']) => judge({ status: 200 }, certain({ status: 404, body }), circumstances);

  test('says why, in the words of its client', () => {
    const sentence = 'status: expected 200, was 404: "no model smrt"';
    expect(refused({ error: { message: 'no model smrt' } })).toEqual([sentence]);
    expect(refused('no model smrt')).toEqual([sentence]);
    expect(refused('x'.repeat(500))).toEqual([`status: expected 200, was 404: "${'x'.repeat(120)}"`]);
  });

  test('has no words where nothing was said, or the answer is no refusal', () => {
    expect(refused('')).toEqual(['status: expected 200, was 404']);
    expect(judge({ status: 404 }, certain({ body: 'data: {}' }), circumstances)).toEqual([
      'status: expected 404, was 200',
    ]);
  });
});

describe('shares', () => {
  const split = (bedrock: number, anthropic: number) => [
    { weight: bedrock, observation: observation({ attempts: ['bedrock'] }) },
    { weight: anthropic, observation: observation({ attempts: ['bedrock', 'anthropic'] }) },
  ];
  const expected: Expect = { status: 200, shares: { bedrock: 70, anthropic: 30 } };

  test('are exact where weights are known', () => {
    expect(judge(expected, split(70, 30), circumstances)).toEqual([]);
    expect(judge(expected, split(7, 3), circumstances)).toEqual([]);
    expect(judge(expected, split(69, 31), circumstances)).toEqual([
      'share of bedrock: expected 70 %, was 69 %',
      'share of anthropic: expected 30 %, was 31 %',
    ]);
  });

  test('may differ by the tolerance where they are measured', () => {
    const measured = { ...circumstances, exact: false };
    expect(judge(expected, split(66, 34), measured)).toEqual([]);
    expect(judge(expected, split(64, 36), measured)).toHaveLength(2);
    expect(judge({ ...expected, tolerance: 2 }, split(66, 34), measured)).toHaveLength(2);
  });

  test('leave nothing for others', () => {
    const other = [...split(70, 20), { weight: 10, observation: observation({ attempts: ['openai'] }) }];
    expect(judge(expected, other, circumstances)).toContain('share of openai: expected 0 %, was 10 %');
  });

  test('say how often something else differs', () => {
    const some = [...certain(), ...certain(), { weight: 2, observation: observation({ status: 503 }) }];
    expect(judge({ status: 200 }, some, circumstances)).toEqual([
      'status: expected 200, was 503 (in 50 % of the requests)',
    ]);
  });

  test.each([
    [50, 5],
    [70, 5],
    [90, 8],
    [99, 2],
  ])('%i percent ± %i are measured with more than four standard deviations', (percent, tolerance) => {
    const runs = runsFor({ status: 200, shares: { a: percent, b: 100 - percent }, tolerance });
    const deviation = Math.sqrt((percent * (100 - percent)) / runs);
    expect(tolerance / deviation).toBeGreaterThan(4);
  });

  test('that would take too many requests to measure name the tolerance that can be had', () => {
    const half = (tolerance: number): Expect => ({ status: 200, shares: { a: 50, b: 50 }, tolerance });
    expect(toleranceProblem(half(2))).toBe('a tolerance of 2 takes 10001 requests, more than 5000: 3 can be had');
    expect(toleranceProblem(half(3))).toBeUndefined();
    expect(toleranceProblem({ status: 200 })).toBeUndefined();
  });

  test('without shares one request is enough', () => expect(runsFor({ status: 200 })).toBe(1));
});

test('nothing that happened is no success', () => {
  expect(judge({ status: 200 }, [], circumstances)).toEqual(['there was no outcome']);
});
