import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commitAll, git } from '../git.ts';
import { root } from './workflows.ts';

const tenant = 'tenants/business/legal.yaml';
let repository: string;

/** A repository of its own: the example as its first commit, then whatever the test changes as the second. */
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'gatewright-ci-'));
  for (const part of ['gatewright.yaml', 'guardrails', 'infra', 'pricing', 'routing', 'tenants', 'scripts/ci']) {
    cpSync(join(root, part), join(repository, part), { recursive: true });
  }
  symlinkSync(join(root, 'build'), join(repository, 'build'));
  writeFileSync(join(repository, '.gitignore'), 'build\nsummary\noutput\ndist/\n.gatewright/\n');
  commitAll(repository, 'the example');
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

describe('preview.sh', () => {
  /** Makes a change on a branch, and checks out its merge into main as GitHub does. */
  function merged(change: () => void, onMain = (): void => {}): void {
    git(repository, 'checkout', '--quiet', '-b', 'change');
    change();
    commitAll(repository, 'the change');
    git(repository, 'checkout', '--quiet', 'main');
    onMain();
    commitAll(repository, 'main');
    git(repository, 'merge', '--quiet', '--no-ff', '--message', 'merge', 'change');
  }

  test('shows what a pull request changes', () => {
    merged(() => edit(tenant, '"400.00"', '"450.00"'));
    const { status, summary } = run('preview');
    expect(status).toBe(0);
    expect(summary).toMatch(
      /^\n## Findings\n\n(?: {4}.*\n)+\n## Config tests\n\n(?: {4}.*\n|\n)+\n## Configuration changes\n/,
    );
    expect(changesIn(summary)).toMatch(/legal[\s\S]*450/);
  });

  test('leaves out what the base has gained since', () => {
    const displayName = () => edit('tenants/platform.yaml', 'displayName: ', 'displayName: The ');
    merged(displayName, () => edit(tenant, '"400.00"', '"450.00"'));
    const { status, summary } = run('preview');
    expect(status).toBe(0);
    expect(changesIn(summary)).toContain('platform');
    expect(changesIn(summary)).not.toContain('legal');
  });

  test('fails with the finding where the configuration is wrong', () => {
    merged(() => edit(tenant, 'tier: standard', 'teir: standard'));
    const { status, summary } = run('preview');
    expect(status).toBe(1);
    expect(summary).toMatch(/ {4}.*tenants\/business\/legal\.yaml:\d+:\d+/);
  });

  test('fails with the config test that no longer holds', () => {
    merged(() => edit('routing/tests/fallback.test.yaml', 'status: 200', 'status: 201'));
    const { status, summary } = run('preview');
    expect(status).toBe(1);
    expect(summary).toMatch(/ {4}.*routing\/tests\/fallback\.test\.yaml:\d+:\d+ failed/);
    expect(summary).not.toContain('## Configuration changes');
  });

  test('does not hold an error of the base against the change that mends it', () => {
    edit(tenant, 'tier: standard', 'teir: standard');
    commitAll(repository, 'a slip');
    merged(() => edit(tenant, 'teir: standard', 'tier: standard'));
    expect(run('preview').status).toBe(0);
  });
});

describe('newest.sh', () => {
  test('says whether main has moved on', () => {
    const first = git(repository, 'rev-parse', 'HEAD');
    git(repository, 'update-ref', 'refs/remotes/origin/main', first);
    expect(run('newest')).toMatchObject({ status: 0, output: 'newest=true\n' });
    git(repository, 'update-ref', 'refs/remotes/origin/main', commitAll(repository, 'later'));
    git(repository, 'checkout', '--quiet', first);
    expect(run('newest').output).toContain('newest=false\n');
  });
});

describe('promotion.sh', () => {
  test('hands on the environments in the order of the promotion', () => {
    const { status, output } = run('promotion');
    expect(status).toBe(0);
    expect(output).toBe('promotion=["dev","prod"]\n');
  });

  test('hands on nothing where the configuration is wrong', () => {
    edit(tenant, 'tier: standard', 'teir: standard');
    expect(run('promotion')).toMatchObject({ status: 1, output: '' });
  });
});

describe('plan.sh', () => {
  test('writes the plan of one environment into the summary', () => {
    const { status, summary } = run('plan', { ENVIRONMENT: 'local' });
    expect(status).toBe(0);
    expect(summary).toMatch(/^\n## Plan for local\n\n(?: {4}.*\n)+$/);
  });
});

describe('step.sh', () => {
  test('cuts what is too long for a summary at the end of a line, and says so', () => {
    writeFileSync(join(repository, 'long'), '```\n'.repeat(1000));
    const summary = step('summary_text long 100');
    expect(summary.startsWith('    ```\n'.repeat(12))).toBe(true);
    expect(summary.split('```')).toHaveLength(13);
    expect(summary).toContain('Cut here');
  });

  test('takes what fits as it is', () => {
    writeFileSync(join(repository, 'short'), '- one\n- two\n');
    expect(step('summary_heading Changes; summary_markdown short 12')).toBe('\n## Changes\n\n- one\n- two\n');
  });
});

function run(script: string, env: Readonly<Record<string, string>> = {}) {
  const files = { GITHUB_STEP_SUMMARY: join(repository, 'summary'), GITHUB_OUTPUT: join(repository, 'output') };
  const { status } = spawnSync(join(repository, 'scripts/ci', `${script}.sh`), {
    cwd: tmpdir(),
    env: { ...process.env, ...env, ...files },
    stdio: 'ignore',
  });
  return { status, summary: textOf(files.GITHUB_STEP_SUMMARY), output: textOf(files.GITHUB_OUTPUT) };
}

function step(commands: string): string {
  const summary = join(repository, 'summary');
  execFileSync('bash', ['-euo', 'pipefail', '-c', `. scripts/ci/step.sh; ${commands}`], {
    cwd: repository,
    env: { ...process.env, GITHUB_STEP_SUMMARY: summary },
  });
  return textOf(summary);
}

function changesIn(summary: string): string {
  return summary.split('## Configuration changes')[1] ?? '';
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(join(repository, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(repository, file), text.replace(from, to));
}
