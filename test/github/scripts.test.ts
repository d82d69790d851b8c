import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capture } from '../capture.ts';
import { commitAll, git } from '../git.ts';
import { root } from './workflows.ts';

/** Each test has a repository of its own and spends its time in other processes: they run side by side. */

const tenant = 'tenants/business/legal.yaml';
const work = mkdtempSync(join(tmpdir(), 'gatewright-ci-'));
const example = join(work, 'example');

/** The example as a first commit. */
beforeAll(() => {
  for (const part of ['gatewright.yaml', 'guardrails', 'infra', 'pricing', 'routing', 'tenants', 'scripts/ci']) {
    cpSync(join(root, part), join(example, part), { recursive: true });
  }
  symlinkSync(join(root, 'build'), join(example, 'build'));
  writeFileSync(join(example, '.gitignore'), 'build\nsummary\noutput\ndist/\n.gatewright/\n');
  commitAll(example, 'the example');
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.concurrent('preview.sh', () => {
  test('shows what a pull request changes', async () => {
    const repository = cloned();
    merged(repository, () => edit(repository, tenant, '"400.00"', '"450.00"'));
    const { status, summary } = await run(repository, 'preview');
    expect(status).toBe(0);
    expect(summary).toMatch(
      /^\n## Findings\n\n\*\*.+ in \d+ files\*\*\n[\s\S]*\n## Config tests\n\n(?: {4}.*\n|\n)+\n## Configuration changes\n/,
    );
    expect(changesIn(summary)).toMatch(/legal[\s\S]*450/);
  });

  test('leaves out what the base has gained since', async () => {
    const repository = cloned();
    const displayName = () => edit(repository, 'tenants/platform.yaml', 'displayName: ', 'displayName: The ');
    merged(repository, displayName, () => edit(repository, tenant, '"400.00"', '"450.00"'));
    const { status, summary } = await run(repository, 'preview');
    expect(status).toBe(0);
    expect(changesIn(summary)).toContain('platform');
    expect(changesIn(summary)).not.toContain('legal');
  });

  test('fails with the finding where the configuration is wrong', async () => {
    const repository = cloned();
    merged(repository, () => edit(repository, tenant, 'tier: standard', 'teir: standard'));
    const { status, summary, stdout } = await run(repository, 'preview');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=tenants\/business\/legal\.yaml,line=\d+,col=3,endColumn=7,title=/m);
    expect(summary).toMatch(/\*\*tenants\/business\/legal\.yaml:\d+:\d+\*\* error `schema\/unknown-field`/);
    expect(summary).not.toContain('## Config tests');
  });

  test('fails with the config test that no longer holds', async () => {
    const repository = cloned();
    merged(repository, () => edit(repository, 'routing/tests/fallback.test.yaml', 'status: 200', 'status: 201'));
    const { status, summary } = await run(repository, 'preview');
    expect(status).toBe(1);
    expect(summary).toMatch(/ {4}.*routing\/tests\/fallback\.test\.yaml:\d+:\d+ failed/);
    expect(summary).not.toContain('## Configuration changes');
  });

  test('does not hold an error of the base against the change that mends it', async () => {
    const repository = cloned();
    edit(repository, tenant, 'tier: standard', 'teir: standard');
    commitAll(repository, 'a slip');
    merged(repository, () => edit(repository, tenant, 'teir: standard', 'tier: standard'));
    expect((await run(repository, 'preview')).status).toBe(0);
  });
});

describe.concurrent('newest.sh', () => {
  test('says whether main has moved on', async () => {
    const repository = cloned();
    const first = git(repository, 'rev-parse', 'HEAD');
    git(repository, 'update-ref', 'refs/remotes/origin/main', first);
    expect(await run(repository, 'newest')).toMatchObject({ status: 0, output: 'newest=true\n' });
    git(repository, 'update-ref', 'refs/remotes/origin/main', commitAll(repository, 'later'));
    git(repository, 'checkout', '--quiet', first);
    expect((await run(repository, 'newest')).output).toContain('newest=false\n');
  });
});

describe.concurrent('promotion.sh', () => {
  test('hands on the environments in the order of the promotion', async () => {
    const { status, output } = await run(cloned(), 'promotion');
    expect(status).toBe(0);
    expect(output).toBe('promotion=["dev","prod"]\n');
  });

  test('hands on nothing where the configuration is wrong', async () => {
    const repository = cloned();
    edit(repository, tenant, 'tier: standard', 'teir: standard');
    expect(await run(repository, 'promotion')).toMatchObject({ status: 1, output: '' });
  });
});

describe.concurrent('plan.sh', () => {
  test('writes the plan of one environment into the summary', async () => {
    const { status, summary } = await run(cloned(), 'plan', { ENVIRONMENT: 'local' });
    expect(status).toBe(0);
    expect(summary).toMatch(/^\n## Plan for local\n\n(?: {4}.*\n)+$/);
  });
});

describe.concurrent('step.sh', () => {
  test('cuts what is too long for a summary at the end of a line, and says so', async () => {
    const repository = cloned();
    writeFileSync(join(repository, 'long'), '```\n'.repeat(1000));
    const summary = await step(repository, 'summary_text long 100');
    expect(summary.startsWith('    ```\n'.repeat(12))).toBe(true);
    expect(summary.split('```')).toHaveLength(13);
    expect(summary).toContain('Cut here');
  });

  test('takes what fits as it is', async () => {
    const repository = cloned();
    writeFileSync(join(repository, 'short'), '- one\n- two\n');
    const summary = await step(repository, 'summary_heading Changes; summary_markdown short 12');
    expect(summary).toBe('\n## Changes\n\n- one\n- two\n');
  });
});

/** A repository of its own, with the example as its first commit. */
function cloned(): string {
  const repository = mkdtempSync(join(work, 'repository-'));
  cpSync(example, repository, { recursive: true, verbatimSymlinks: true });
  return repository;
}

/** Makes a change on a branch, and checks out its merge into main as GitHub does. */
function merged(repository: string, change: () => void, onMain = (): void => {}): void {
  git(repository, 'checkout', '--quiet', '-b', 'change');
  change();
  commitAll(repository, 'the change');
  git(repository, 'checkout', '--quiet', 'main');
  onMain();
  commitAll(repository, 'main');
  git(repository, 'merge', '--quiet', '--no-ff', '--message', 'merge', 'change');
}

async function run(repository: string, script: string, env: Readonly<Record<string, string>> = {}) {
  const files = { GITHUB_STEP_SUMMARY: join(repository, 'summary'), GITHUB_OUTPUT: join(repository, 'output') };
  const path = join(repository, 'scripts/ci', `${script}.sh`);
  const { status, stdout } = await capture('env', [...settings({ ...env, ...files }), path], tmpdir());
  return { status, stdout, summary: textOf(files.GITHUB_STEP_SUMMARY), output: textOf(files.GITHUB_OUTPUT) };
}

async function step(repository: string, commands: string): Promise<string> {
  const summary = join(repository, 'summary');
  const bash = ['bash', '-euo', 'pipefail', '-c', `. scripts/ci/step.sh; ${commands}`];
  const { status, stderr } = await capture('env', [...settings({ GITHUB_STEP_SUMMARY: summary }), ...bash], repository);
  if (status !== 0) throw new Error(stderr);
  return textOf(summary);
}

function settings(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

function changesIn(summary: string): string {
  return summary.split('## Configuration changes')[1] ?? '';
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function edit(repository: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(repository, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(join(repository, file), text.replace(from, to));
}
