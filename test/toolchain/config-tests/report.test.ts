import { describe, expect, test } from 'vitest';
import { xmlText } from '../../../compiler/diagnostics/render/xml.ts';
import type { LocatedCase } from '../../../toolchain/config-tests/cases.ts';
import { testRenderers } from '../../../toolchain/config-tests/renderers.ts';
import { hasFailures, type Report } from '../../../toolchain/config-tests/report.ts';
import type { Result } from '../../../toolchain/config-tests/runner.ts';

const one: LocatedCase = {
  name: 'throttled & "answered"',
  given: { tenant: 'acme', path: '/v1/messages' },
  expect: { status: 200 },
  file: 'routing/tests/a.test.yaml',
  test: 'a',
  position: { line: 7, column: 5 },
  environments: undefined,
};
const passed: Result = {
  case: one,
  environment: 'dev',
  status: 'passed',
  verdicts: [{ engine: 'model', kind: 'passed' }],
  problems: [],
};
const failed: Result = {
  ...passed,
  environment: 'prod',
  status: 'failed',
  verdicts: [{ engine: 'model', kind: 'failed', differences: ['provider: expected a, was <b>\u0000'] }],
};
const notRun: Result = {
  ...passed,
  case: { ...one, name: 'counted' },
  status: 'not-run',
  verdicts: [{ engine: 'model', kind: 'not-run', reason: 'nobody counts' }],
};
const invalid: Result = {
  ...passed,
  case: { ...one, name: 'no tenant' },
  status: 'invalid',
  verdicts: [],
  problems: ['no tenant'],
};
const report: Report = { results: [passed, failed, notRun, invalid], coverage: undefined };
const plain = { style: (text: string) => text };

describe('text', () => {
  test('shows what did not pass, with its place, and counts', () => {
    expect(testRenderers.text(report, plain)).toBe(
      [
        'routing/tests/a.test.yaml:7:5 failed in prod',
        '  a: throttled & "answered"',
        '  model: provider: expected a, was <b>\uFFFD',
        '',
        'routing/tests/a.test.yaml:7:5 not run in dev',
        '  a: counted',
        '  model: not run: nobody counts',
        '',
        'routing/tests/a.test.yaml:7:5 failed: the case makes no sense in dev',
        '  a: no tenant',
        '  no tenant',
        '',
        '3 cases in 1 file, run in dev, prod on model: 1 passed, 2 failed, 1 not run',
        '',
      ].join('\n'),
    );
  });

  test('says a failure once for all environments in which it is the same', () => {
    const results = ['dev', 'local', 'prod'].map((environment) => ({ ...failed, environment }));
    expect(testRenderers.text({ ...report, results }, plain)).toContain('failed in dev, local, prod\n');
  });

  test('says that nothing ran', () => {
    expect(testRenderers.text({ results: [], coverage: undefined }, plain)).toBe('no config tests ran\n');
  });

  test('lists what was never exercised', () => {
    const coverage = [
      { environment: 'dev', notes: ['a note'], groups: [{ name: 'rules' as const, total: 3, missing: ['base.x'] }] },
    ];
    expect(testRenderers.text({ results: [passed], coverage }, plain)).toContain(
      'coverage of dev\n  rules: 2 of 3 exercised\n    never base.x\n  note: a note\n',
    );
  });
});

test('json has every result with its place', () => {
  const value = JSON.parse(testRenderers.json(report, plain));
  expect(value).toMatchObject({ schemaVersion: 1, passed: false });
  expect(value.results).toHaveLength(4);
  expect(value.results[1]).toEqual({
    file: 'routing/tests/a.test.yaml',
    line: 7,
    column: 5,
    test: 'a',
    case: 'throttled & "answered"',
    environment: 'prod',
    status: 'failed',
    verdicts: failed.verdicts,
    problems: [],
  });
});

describe('junit', () => {
  test('is XML that says the same', () => {
    expect(testRenderers.junit(report, plain)).toBe(`<?xml version="1.0" encoding="UTF-8"?>

<testsuites>
<testsuite name="a (dev)" tests="3" failures="1" skipped="1">
<testcase classname="a.dev" name="throttled &amp; &quot;answered&quot;" file="routing/tests/a.test.yaml" line="7"/>
<testcase classname="a.dev" name="counted" file="routing/tests/a.test.yaml" line="7">
<skipped message="model: not run: nobody counts"/></testcase>
<testcase classname="a.dev" name="no tenant" file="routing/tests/a.test.yaml" line="7">
<failure message="invalid" type="invalid">routing/tests/a.test.yaml:7:5
no tenant</failure></testcase></testsuite>
<testsuite name="a (prod)" tests="1" failures="1" skipped="0">
<testcase classname="a.prod" name="throttled &amp; &quot;answered&quot;" file="routing/tests/a.test.yaml" line="7">
<failure message="failed" type="failed">routing/tests/a.test.yaml:7:5
model: provider: expected a, was &lt;b&gt;\uFFFD</failure></testcase></testsuite></testsuites>
`);
  });

  test('escapes what XML cannot hold', () => {
    expect(xmlText('a\u0000<b>&"\ud800')).toBe('a\uFFFD&lt;b&gt;&amp;&quot;\uFFFD');
  });
});

test.each([
  [[passed, notRun], false],
  [[passed, failed], true],
  [[invalid], true],
  [[{ ...passed, status: 'disagreement' as const }], true],
])('a run fails where one of its results does', (results, expected) => {
  expect(hasFailures({ results, coverage: undefined })).toBe(expected);
});
