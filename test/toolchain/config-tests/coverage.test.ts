import { beforeAll, describe, expect, test } from 'vitest';
import type { LocatedCase } from '../../../toolchain/config-tests/cases.ts';
import { type Coverage, type CoverageGroup, coverageOf } from '../../../toolchain/config-tests/coverage.ts';
import type { Observation } from '../../../toolchain/config-tests/engine.ts';
import { model } from '../../../toolchain/config-tests/engines.ts';
import type { TestedEnvironment } from '../../../toolchain/config-tests/environment.ts';
import { type Exercise, runEnvironment } from '../../../toolchain/config-tests/runner.ts';
import { minimal } from '../../compiler/project.ts';
import { environmentOf, exampleEnvironment, observation } from './project.ts';

let prod: TestedEnvironment;

beforeAll(() => {
  prod = exampleEnvironment('prod');
});

function located(given: LocatedCase['given'], expected = {}): LocatedCase {
  return {
    name: 'a case',
    given,
    expect: { status: 200, ...expected },
    file: 'a',
    test: 'a',
    position: { line: 1, column: 1 },
    environments: undefined,
  };
}

function exercise(given: LocatedCase['given'], seen: Partial<Observation>, expected = {}): Exercise {
  return { case: located(given, expected), outcomes: [{ weight: 1, observation: observation(seen) }] };
}

function coverage(...exercises: Exercise[]): Coverage {
  return coverageOf({ environment: prod, results: [], exercises });
}

function missing(name: CoverageGroup['name'], ...exercises: Exercise[]): readonly string[] {
  return coverage(...exercises).groups.find((group) => group.name === name)?.missing ?? [];
}

const auto = { tenant: 'developer-tools', path: '/v1/chat/completions', model: 'claude-auto' } as const;
const log = { 'gw.rule': 'bedrock-first.claude-auto', 'gw.tenant': 'developer-tools' };
const haiku = { attempts: ['bedrock-us'], upstream: { model: 'us.anthropic.claude-haiku-5-5', body: {} }, log };

describe('coverage', () => {
  test('of nothing misses everything', () => {
    for (const { total, missing } of coverage().groups) expect(missing).toHaveLength(total);
  });

  test('counts the rule that decided', () => {
    const rule = 'bedrock-first.claude-auto';
    expect(missing('rules')).toContain(rule);
    expect(missing('rules', exercise(auto, { log }))).not.toContain(rule);
    expect(missing('rules', exercise(auto, { log: { 'gw.rule': '!model' } }))).toHaveLength(missing('rules').length);
  });

  test('tells the cases of a condition apart, also where they have one target in common', () => {
    const first = 'bedrock-first.claude-auto case 1: bedrock-us us.anthropic.claude-haiku-5-5';
    const last = 'bedrock-first.claude-auto case 5: bedrock-us us.anthropic.claude-haiku-5-5';
    const batch = exercise(auto, { ...haiku, route: 'bedrock-first.claude-auto-00.openai' });
    const rest = exercise(auto, { ...haiku, route: 'bedrock-first.claude-auto-04' });
    expect(missing('targets')).toEqual(expect.arrayContaining([first, last]));
    expect(missing('targets', batch)).not.toContain(first);
    expect(missing('targets', batch)).toContain(last);
    expect(missing('targets', rest)).toContain(first);
    expect(missing('targets', rest)).not.toContain(last);
  });

  test.each<readonly [string, Partial<LocatedCase['given']>]>([
    ['case 1', { headers: { 'x-workload': 'batch' } }],
    ['case 2', { body: { tools: true } }],
    ['case 3', { body: { padToBytes: 45_000 } }],
    ['case 4', { body: { maxTokens: 4001 } }],
    ['case 5', { path: '/v1/chat/completions?a=b' }],
  ])('%s takes %j', async (which, given) => {
    const { exercises } = await runEnvironment(prod, [located({ ...auto, ...given })], [model]);
    const before = new Set(missing('targets'));
    for (const left of missing('targets', ...exercises)) before.delete(left);
    expect(before.size).toBeGreaterThan(0);
    for (const reached of before) expect(reached).toContain(`bedrock-first.claude-auto ${which}:`);
  });

  test('counts a guardrail where a request met it', () => {
    expect(missing('guardrails')).toContain('baseline');
    expect(missing('guardrails', exercise(auto, { log }))).not.toContain('baseline');
    expect(missing('guardrails', exercise(auto, { log }))).toContain('strict');
  });

  test('counts a limit where a case says something about it', () => {
    expect(missing('limits', exercise(auto, { log }))).toContain('developer-tools');
    const limits = { limits: { requestsPerMinute: 4000 } };
    expect(missing('limits', exercise(auto, { log }, limits))).not.toContain('developer-tools');
    expect(missing('limits', exercise({ ...auto, requestsBefore: 1 }, { log }))).not.toContain('developer-tools');
    // A suspended tenant never gets as far.
    expect(missing('limits')).not.toContain('hackathon');
  });

  test('counts budgets of tenants and of models where a case says what is spent', () => {
    const spent = { tenantUsd: '1', models: { 'claude-opus': '1' } };
    const both = ['developer-tools', 'developer-tools: claude-opus'];
    expect(missing('budgets', exercise(auto, { log }))).toEqual(expect.arrayContaining(both));
    const left = missing('budgets', exercise({ ...auto, spent }, { log }));
    for (const item of both) expect(left).not.toContain(item);
  });

  test('says what no engine shows', () => {
    expect(coverage().notes).toEqual([
      expect.stringMatching(/Bedrock .* baseline, .*strict/),
      expect.stringContaining('rate limit service'),
    ]);
    expect(coverageOf({ environment: environmentOf(minimal, 'dev'), results: [], exercises: [] }).notes).toEqual([
      'no request is counted: the global rate limit service does not run beside the tests',
    ]);
  });
});
