import { beforeAll, describe, expect, test } from 'vitest';
import { type Compilation, compile } from '../../../compiler/compile.ts';
import { readTree } from '../../../compiler/source/read.ts';
import { casesOf } from '../../../toolchain/config-tests/cases.ts';
import { binary, model } from '../../../toolchain/config-tests/engines.ts';
import { testRenderers } from '../../../toolchain/config-tests/renderers.ts';
import { hasFailures } from '../../../toolchain/config-tests/report.ts';
import { runConfigTests } from '../../../toolchain/config-tests/run.ts';
import { day, repository } from '../../compiler/project.ts';
import { binary as gateway } from './binary-world.ts';

let example: Compilation;

beforeAll(() => {
  example = compile({ tree: readTree(repository), date: day, commit: null, toolVersion: 'test' });
});

const plain = { style: (text: string) => text };

describe('the config tests of the example', () => {
  test('are many, in every environment', () => {
    expect(casesOf(example).length).toBeGreaterThan(40);
    expect(example.releases.map(({ environment }) => environment)).toEqual(['dev', 'local', 'prod']);
  });

  test('pass on the model engine', async () => {
    const report = await runConfigTests(example, { engines: [model], coverage: true });
    expect(hasFailures(report), testRenderers.text({ ...report, coverage: undefined }, plain)).toBe(false);
    const notRun = report.results.filter(({ status }) => status === 'not-run');
    expect([...new Set(notRun.map(({ case: one }) => `${one.test}: ${one.name}`))]).toEqual([
      'parameters: a default reaches Bedrock in its own format',
      'limits-prod: one too many',
    ]);
    // Each guardrail acts somewhere.
    const guardrails = report.coverage?.flatMap(({ groups }) => groups.filter(({ name }) => name === 'guardrails'));
    expect(guardrails?.map(({ missing }) => missing)).toEqual([[], [], []]);
  });

  test.skipIf(gateway.isMissing)(
    `pass on the binary engine, which agrees with the model${gateway.note}`,
    { timeout: 900_000 },
    async () => {
      const report = await runConfigTests(example, { engines: [model, binary(gateway.executable)], coverage: false });
      expect(hasFailures(report), testRenderers.text(report, plain)).toBe(false);
    },
  );
});
