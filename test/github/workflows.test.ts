import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandsOf, jobNamed, root, stepsOf, workflowFiles, workflowNamed } from './workflows.ts';

const files = workflowFiles();
const scripts = (JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { scripts: Record<string, string> })
  .scripts;

function expression(text: string): string {
  return `$\{{ ${text} }}`;
}

/** Whether a test does more at night. */
function isLong(text: string): boolean {
  return text.includes("process.env['NIGHTLY'] ===");
}

/** A machine of one's own may have the gateway's executable; a pull request's code must never run there. */
const nightlyRunner = expression("vars.NIGHTLY_RUNNER || 'ubuntu-latest'");

test('there are the workflows of a change, its check, its preview and its deployment, and that of every night', () => {
  expect(files.map(({ name }) => name).sort()).toEqual(['ci', 'deploy', 'nightly', 'preview']);
});

describe.each(files)('$file', (workflow) => {
  test('pins every action by a full commit, with its version beside it', () => {
    const lines = workflow.text.split('\n').filter((line) => line.includes('uses:'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/^ +- uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('starts from a token that can only read the repository', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  test('runs only npm scripts and script files that exist, and nothing in between', () => {
    for (const command of commandsOf(workflow)) {
      const script = /^npm run (?:--silent )?([\w:]+)(?: -- [\w -]+(?:"\$[A-Z_]+")?)?$/.exec(command)?.[1];
      if (command === 'npm ci') continue;
      if (script !== undefined) expect(scripts).toHaveProperty([script]);
      else {
        expect(command).toMatch(/^scripts\/ci\/[\w-]+\.sh$/);
        accessSync(`${root}/${command}`, constants.X_OK);
      }
    }
  });

  test('puts no expression into a command', () => {
    for (const command of commandsOf(workflow)) expect(command).not.toContain('{{');
  });

  test('runs what a change decides on machines of GitHub', () => {
    const elsewhere = workflow.name === 'nightly' ? [nightlyRunner] : [];
    for (const job of Object.values(workflow.jobs)) expect(['ubuntu-latest', ...elsewhere]).toContain(job['runs-on']);
  });

  test('installs before it runs anything else', () => {
    for (const job of Object.values(workflow.jobs)) {
      expect(job.steps.flatMap((step) => ('run' in step ? [step.run] : []))[0]).toBe('npm ci');
    }
  });

  test('leaves no token behind in the checkout', () => {
    for (const step of stepsOf(workflow)) {
      if ('uses' in step && step.uses.startsWith('actions/checkout@')) {
        expect(step.with).toMatchObject({ 'persist-credentials': false });
      }
    }
  });

  test('uses no secret: roles are assumed by identity', () => {
    expect(workflow.text).not.toMatch(/\$\{\{[^}]*\bsecrets\b/);
    // Both would give a fork's code the rights of the base.
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    expect(Object.keys(workflow.on)).not.toContain('workflow_run');
  });
});

test('one action has one version everywhere', () => {
  const uses = files.flatMap((file) => stepsOf(file).flatMap((step) => ('uses' in step ? [step.uses] : [])));
  const actions = new Set(uses);
  expect(actions.size).toBe(new Set(uses.map((use) => use.split('@')[0])).size);
});

test('every script in scripts/ci is a step, or is sourced by one', () => {
  const steps = new Set(files.flatMap(commandsOf));
  const sources = readdirSync(`${root}/scripts/ci`).map((name) => ({
    path: `scripts/ci/${name}`,
    text: readFileSync(`${root}/scripts/ci/${name}`, 'utf8'),
  }));
  for (const { path, text } of sources) {
    if (steps.has(path)) expect(text).toMatch(/^#!\/usr\/bin\/env bash\n(?:#.*\n)+set -euo pipefail\n/);
    else expect(sources.some((other) => other.text.includes(`\n. ${path}\n`))).toBe(true);
  }
});

describe('ci', () => {
  const ci = workflowNamed('ci');

  test('checks pull requests, main and the merge queue', () => {
    expect(ci.on).toEqual({ pull_request: null, push: { branches: ['main'] }, merge_group: null });
  });

  test('runs the whole check on every supported Node, each to its end', () => {
    const { strategy } = jobNamed(ci, 'check');
    expect(strategy?.matrix).toEqual({ node: [20, 22, 24] });
    expect(strategy?.['fail-fast']).toBe(false);
    expect(commandsOf(ci)).toEqual(['npm ci', 'npm run check']);
  });

  test('ends only runs of pull requests early', () => {
    expect(ci.concurrency?.['cancel-in-progress']).toBe(expression("github.event_name == 'pull_request'"));
  });
});

describe('preview', () => {
  const preview = workflowNamed('preview');

  test('runs on pull requests only, with nothing to lose', () => {
    expect(Object.keys(preview.on)).toEqual(['pull_request']);
    for (const job of Object.values(preview.jobs)) {
      expect(job).not.toHaveProperty('permissions');
      expect(job).not.toHaveProperty('environment');
    }
    expect(preview.text).not.toMatch(/\bvars\./);
  });

  test('has the parents of the merge, the first of which is the base', () => {
    expect(jobNamed(preview, 'preview').steps[0]).toMatchObject({ with: { 'fetch-depth': 2 } });
  });

  test('shows the newest state of a pull request only', () => {
    expect(preview.concurrency).toEqual({
      group: `preview-${expression('github.event.pull_request.number')}`,
      'cancel-in-progress': true,
    });
  });
});

describe('deploy', () => {
  const deploy = workflowNamed('deploy');
  const job = jobNamed(deploy, 'deploy');

  test('follows main, whichever files changed', () => {
    expect(deploy.on).toEqual({ push: { branches: ['main'] }, workflow_dispatch: null });
    expect(jobNamed(deploy, 'compile').if).toBe("github.ref == 'refs/heads/main'");
  });

  test('goes through the environments one by one and stops at the first failure', () => {
    expect(job.strategy).toEqual({
      'max-parallel': 1,
      'fail-fast': true,
      matrix: { environment: expression('fromJSON(needs.compile.outputs.promotion)') },
    });
    expect(job.environment).toBe(expression('matrix.environment'));
  });

  test('is alone, in all environments, and never cut off', () => {
    expect(deploy.concurrency).toEqual({ group: 'deploy', 'cancel-in-progress': false });
  });

  test('deploys nothing, and asks for no identity, where main has moved on', () => {
    const after = job.steps.findIndex((step) => 'run' in step && step.run === 'scripts/ci/newest.sh') + 1;
    expect(job.steps.slice(after).map((step) => step.if)).toEqual(
      Array.from({ length: job.steps.length - after }, () => "steps.newest.outputs.newest == 'true'"),
    );
  });

  test('is the only job that can ask for an identity', () => {
    expect(job.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(jobNamed(deploy, 'compile')).not.toHaveProperty('permissions');
  });

  test('gets its role and region from the GitHub environment, after every install script has run', () => {
    const steps = job.steps.map((step) => ('uses' in step ? step.uses.replace(/@.*/, '') : step.run));
    expect(steps).toEqual([
      'actions/checkout',
      'actions/setup-node',
      'npm ci',
      'scripts/ci/newest.sh',
      'aws-actions/configure-aws-credentials',
      'scripts/ci/plan.sh',
      'npm run --silent gatewright -- deploy --env "$ENVIRONMENT"',
    ]);
    expect(job.steps[4]).toMatchObject({
      with: { 'role-to-assume': expression('vars.AWS_DEPLOY_ROLE_ARN'), 'aws-region': expression('vars.AWS_REGION') },
    });
  });
});

describe('nightly', () => {
  const nightly = workflowNamed('nightly');

  test('runs by the clock or by hand, never for a pull request', () => {
    expect(nightly.on).toEqual({
      schedule: [{ cron: expect.stringMatching(/^[1-9]\d? \d+ \* \* \*$/) }],
      workflow_dispatch: null,
    });
  });

  test('runs the whole check, in its long form, where the gateway may be at hand', () => {
    const job = jobNamed(nightly, 'check');
    expect(job['runs-on']).toBe(nightlyRunner);
    expect(commandsOf(nightly)).toEqual(['npm ci', 'npm run check']);
    expect(job.steps.at(-1)).toMatchObject({ env: { NIGHTLY: 1 } });
  });

  test('gives each long form a time of its own, and the job more than that', () => {
    const tests = readdirSync(`${root}/test`, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^(?!github).*\.test\.ts$/.test(file),
    );
    const long = tests.map((file) => readFileSync(`${root}/test/${file}`, 'utf8')).filter(isLong);
    expect(long.length).toBeGreaterThan(3);
    for (const text of long) expect(text).toMatch(/timeout: 1_800_000\b/);
    expect(jobNamed(nightly, 'check')['timeout-minutes']).toBeGreaterThan(30);
  });

  test('has nothing to lose: no role, no environment, no right to write', () => {
    for (const job of Object.values(nightly.jobs)) {
      expect(job).not.toHaveProperty('permissions');
      expect(job).not.toHaveProperty('environment');
    }
  });
});

test('the check breaks the emitters as well, and ends with the tests', () => {
  expect(scripts['check']).toMatch(/ && npm run mutants && npm test$/);
});

test('the platform team owns what decides how changes land', () => {
  const owners = readFileSync(`${root}/.github/CODEOWNERS`, 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('#') || line.trim() === '' ? [] : [line.split(/\s+/)]));
  const ownersOf = (path: string): string[] => owners.findLast(([at = '']) => at === '*' || path.startsWith(at)) ?? [];
  for (const path of [
    '/.github/workflows/deploy.yml',
    '/.github/CODEOWNERS',
    '/adr/001-a-decision.md',
    '/scripts/ci/plan.sh',
  ]) {
    expect(ownersOf(path)).toContain('@acme/platform');
  }
});
