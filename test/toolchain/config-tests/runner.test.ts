import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../../compiler/analysis.ts';
import { appliesTo, casesOf, isWanted, type LocatedCase } from '../../../toolchain/config-tests/cases.ts';
import type { Engine } from '../../../toolchain/config-tests/engine.ts';
import { Refusal } from '../../../toolchain/config-tests/refusals.ts';
import {
  type CaseStart,
  type OpenEngine,
  type Result,
  runEnvironment,
} from '../../../toolchain/config-tests/runner.ts';
import { compiled, minimal } from '../../compiler/project.ts';
import { certain, environmentOf, fixedEngine, observation } from './project.ts';

const dev = environmentOf(minimal, 'dev');
const served: LocatedCase = {
  name: 'acme is served',
  given: { tenant: 'acme', path: '/v1/messages', model: 'sonnet' },
  expect: { status: 200 },
  file: 'routing/tests/a.test.yaml',
  test: 'a',
  position: { line: 7, column: 7 },
  environments: undefined,
};

async function run(one: LocatedCase, ...open: OpenEngine[]): Promise<Result | undefined> {
  const { results } = await runEnvironment(dev, [one], open);
  return results[0];
}

const ok = fixedEngine('model', certain());

describe('a case', () => {
  test('passes where the outcome is as expected', async () => {
    expect(await run(served, ok)).toMatchObject({ status: 'passed', verdicts: [{ engine: 'model', kind: 'passed' }] });
  });

  test('fails with the differences', async () => {
    expect(await run({ ...served, expect: { status: 403 } }, ok)).toMatchObject({
      status: 'failed',
      verdicts: [{ kind: 'failed', differences: ['status: expected 403, was 200'] }],
    });
  });

  test('is not run where no engine can, and says why', async () => {
    expect(await run(served, fixedEngine('model', new Refusal('nothing counts here')))).toMatchObject({
      status: 'not-run',
      verdicts: [{ kind: 'not-run', reason: 'nothing counts here' }],
    });
  });

  test('passes on the one engine that can run it, and still says which cannot', async () => {
    expect(await run(served, ok, fixedEngine('binary', new Refusal('nothing counts here')))).toMatchObject({
      status: 'passed',
      verdicts: [{ kind: 'passed' }, { engine: 'binary', kind: 'not-run' }],
    });
  });

  test('is a mistake of its file where its tenant is absent', async () => {
    const elsewhere = { ...served, given: { ...served.given, tenant: 'other' } };
    expect(await run(elsewhere, ok)).toMatchObject({
      status: 'invalid',
      problems: ['there is no tenant other in dev: name the environments of this test'],
    });
  });

  test('does not exist in an environment that its test leaves out', () => {
    expect(appliesTo(served, 'dev')).toBe(true);
    expect(appliesTo({ ...served, environments: ['prod'] }, 'dev')).toBe(false);
    expect(appliesTo({ ...served, environments: ['prod'] }, 'prod')).toBe(true);
  });

  test('is a mistake of its file where its shares cannot be measured', async () => {
    const shares = { anthropic: 50, openai: 50 };
    expect(await run({ ...served, expect: { status: 200, shares, tolerance: 1 } }, ok)).toMatchObject({
      status: 'invalid',
      problems: [expect.stringContaining('can be had')],
    });
  });

  test('is announced before it runs', async () => {
    const split = { ...served, name: 'split', expect: { status: 200, shares: { anthropic: 50, openai: 50 } } };
    const starts: CaseStart[] = [];
    await runEnvironment(dev, [served, split], [ok], (start) => starts.push(start));
    expect(starts).toEqual([
      { number: 1, of: 2, name: 'acme is served', runs: 1 },
      { number: 2, of: 2, name: 'split', runs: 1601 },
    ]);
  });

  test('is wanted by parts of its file and its name', () => {
    expect(isWanted(served, {})).toBe(true);
    expect(isWanted(served, { file: 'tests/a', name: 'is served' })).toBe(true);
    expect(isWanted(served, { file: 'tests/b' })).toBe(false);
    expect(isWanted(served, { file: 'tests/a', name: 'nobody' })).toBe(false);
  });

  test('fails alone where an engine breaks down', async () => {
    const { results } = await runEnvironment(
      dev,
      [served, { ...served, name: 'another' }],
      [fixedEngine('model', new Error('out of cheese'))],
    );
    expect(results.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(results[0]?.verdicts).toMatchObject([{ differences: ['the engine broke down: out of cheese'] }]);
  });
});

describe('two engines', () => {
  test('disagree even where both meet the expectation', async () => {
    const other = fixedEngine('binary', certain({ attempts: ['openai'] }));
    expect(await run(served, ok, other)).toMatchObject({
      status: 'disagreement',
      problems: ['attempts: the model says [], the binary ["openai"]'],
    });
  });

  test('agree where what was measured is one of the possible ends', async () => {
    const openai = { attempts: ['openai'], log: { 'gw.rule': 'base.sonnet' } };
    const possible = [...certain(), { weight: 3, observation: observation(openai) }];
    expect(await run(served, fixedEngine('model', possible), fixedEngine('binary', certain(openai)))).toMatchObject({
      status: 'passed',
      problems: [],
    });
  });

  test.each([
    { status: 201 },
    { text: 'other' },
    { upstream: { model: 'm', body: {} } },
    { log: { 'gw.rule': '!model' } },
    { log: { 'gw.cost_usd': 1 } },
    { log: { 'gw.detected': 'a/b' } },
    { body: { error: { type: 'x' } } },
  ])('disagree on %j', async (different) => {
    expect(await run(served, ok, fixedEngine('binary', certain(different)))).toMatchObject({ status: 'disagreement' });
  });

  test('may word, time and number things differently', async () => {
    const measured = certain({ headers: { date: 'today' }, body: 'other words', log: { 'gw.request_id': '1' } });
    expect(await run(served, ok, fixedEngine('binary', measured))).toMatchObject({ status: 'passed' });
  });
});

describe('what a provider is sent', () => {
  const called = certain({ attempts: ['anthropic'], upstream: { model: 'm', body: { stream: true } } });
  const expected = { status: 200, sent: { stream: true } };

  test('is known to the model where the provider speaks as the client does', async () => {
    const wrong = { ...served, expect: { status: 200, sent: { stream: false } } };
    expect(await run({ ...served, expect: expected }, fixedEngine('model', called))).toMatchObject({
      status: 'passed',
    });
    expect(await run(wrong, fixedEngine('model', called))).toMatchObject({ status: 'failed' });
  });

  test('is left to the binary where the gateway translates', async () => {
    const chat = { ...served, given: { ...served.given, path: '/v1/chat/completions' }, expect: expected };
    expect(await run(chat, fixedEngine('model', called))).toMatchObject({
      status: 'not-run',
      verdicts: [{ reason: 'all but sent is as expected, but the model does not translate for anthropic' }],
    });
    expect(await run({ ...chat, expect: { ...expected, status: 201 } }, fixedEngine('model', called))).toMatchObject({
      status: 'failed',
    });
    expect(await run(chat, fixedEngine('model', called), fixedEngine('binary', called))).toMatchObject({
      status: 'passed',
    });
  });
});

test('engines are closed, also where one of them breaks', async () => {
  const closed: string[] = [];
  const closing =
    (name: Engine['name']): OpenEngine =>
    async (environment) => ({
      ...(await fixedEngine(name, new Error('broken'))(environment)),
      close: () => {
        closed.push(name);
        return Promise.resolve();
      },
    });
  await runEnvironment(dev, [served], [closing('model'), closing('binary')]);
  expect(closed).toEqual(['model', 'binary']);
});

test('an engine whose shares are measured gets more than one request', async () => {
  const seen: number[] = [];
  const counting: OpenEngine = async (environment) => ({
    ...(await ok(environment)),
    run: (_request, _world, runs) => {
      seen.push(runs);
      return Promise.resolve(certain({ attempts: ['anthropic'] }));
    },
  });
  await run({ ...served, expect: { status: 200, shares: { anthropic: 50, openai: 50 }, tolerance: 10 } }, counting);
  expect(seen).toEqual([401]);
});

test('cases have the place where people find them, file by file', () => {
  const file = (name: string, path: string) => `apiVersion: gatewright/v1
kind: ConfigTest
metadata: {name: ${name}}
spec:
  cases:
    - name: first
      given: {tenant: acme, path: ${path}, model: sonnet}
      expect: {status: 200}
    - name: second
      given: {tenant: acme, path: ${path}, model: sonnet}
      expect: {status: 200}
`;
  const analysis: Analysis = compiled({
    ...minimal,
    'routing/tests/b.test.yaml': file('b', '/v1/messages'),
    'routing/tests/a.test.yaml': file('a', '/v1/messages'),
  });
  expect(analysis.findings).toEqual([]);
  expect(casesOf(analysis).map(({ test, name, position }) => [test, name, position])).toEqual([
    ['a', 'first', { line: 6, column: 7 }],
    ['a', 'second', { line: 9, column: 7 }],
    ['b', 'first', { line: 6, column: 7 }],
    ['b', 'second', { line: 9, column: 7 }],
  ]);
});
