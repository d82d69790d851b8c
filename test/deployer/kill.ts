import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Hooks } from '../../deployer/embedded/server.ts';
import type { Wish } from './artifacts.ts';
import { World } from './harness.ts';
import type { Start } from './kill-child.ts';
import { leftBehind } from './outcome-of-kill.ts';

/** Deploys that are killed at a call of theirs. The matrices stand in files of their own, which run side by side. */

const folder = mkdtempSync(join(tmpdir(), 'gatewright-kill-'));
const child = join(folder, 'child.mjs');
let waiting: Promise<ChildProcess>;

beforeAll(async () => {
  // A process starts four times as fast from one file.
  await build({
    entryPoints: [fileURLToPath(new URL('./kill-child.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: child,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  waiting = startChild();
});

afterAll(async () => {
  (await waiting).kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function startChild(): Promise<ChildProcess> {
  const started = fork(child, { execArgv: [] });
  await once(started, 'message');
  return started;
}

/** One is always starting while another runs. */
async function nextChild(): Promise<ChildProcess> {
  const ready = await waiting;
  waiting = startChild();
  return ready;
}

interface Kill {
  readonly call: number;
  readonly phase: 'before-commit' | 'after-commit';
}

export interface Run {
  /** State directory to begin with; null: nothing was ever deployed. */
  readonly prepared: string | null;
  readonly wish: Wish;
  /** What the deploy after the kill wants. */
  readonly afterwards: Wish;
  readonly kill: Kill | null;
  readonly judge: (world: World) => Promise<object>;
}

interface Ran {
  readonly result: object;
  /** Calls of the child. */
  readonly calls: number;
}

/** One deploy that is killed, or not, and a clean one after it. */
export async function run({ prepared, wish, afterwards, kill, judge }: Run): Promise<Ran> {
  const stateDir = mkdtempSync(join(folder, 'state-'));
  if (prepared !== null) cpSync(prepared, stateDir, { recursive: true });
  const victim = await nextChild();
  let first = Number.POSITIVE_INFINITY;
  const onCall: Hooks['onCall'] = async ({ index, phase }) => {
    if (victim.exitCode !== null || victim.signalCode !== null) return undefined;
    // What was under way beside the fatal call dies with it.
    if (victim.killed) return 'drop';
    if (kill === null || index - first + 1 !== kill.call || phase !== kill.phase) return undefined;
    const gone = once(victim, 'exit');
    victim.kill('SIGKILL');
    await gone;
    return phase === 'before-commit' ? 'drop' : undefined;
  };
  const world = await World.start({ stateDir, pageSize: 100, hooks: { onCall } });
  first = world.embedded.calls().length + 1;
  const start: Start = { endpoint: world.embedded.endpoint, releaseBucket: world.infra.releaseBucket, wish };
  const gone = once(victim, 'exit');
  victim.send(start);
  const [, signal] = await gone;
  expect(signal).toBe(kill === null ? null : 'SIGKILL');
  const calls = world.embedded.calls().length - first + 1;
  const again = await world.deploy(afterwards, { owner: { id: 'again', host: hostname(), pid: process.pid }, isAlive });
  expect(['deployed', 'unchanged'], JSON.stringify(again)).toContain(again.kind);
  expect((await world.plan(afterwards)).actions).toEqual([]);
  const result = await judge(world);
  await world.embedded.close();
  rmSync(stateDir, { recursive: true, force: true });
  return { result, calls };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * For every n: a deploy is killed right before and right after AWS commits its n-th call; a clean deploy after it ends
 * in the same state as one that nothing disturbed.
 */
export async function matrix(prepared: string | null, wish: Wish): Promise<void> {
  const undisturbed: Run = { prepared, wish, afterwards: wish, kill: null, judge: leftBehind };
  const clean = await run(undisturbed);
  expect(clean.result).toMatchObject({ agree: { pointer: true, service: true }, state: { intents: {} } });
  expect(clean.calls).toBeGreaterThan(20);
  for (let call = 1; call <= clean.calls; call += 1) {
    for (const phase of ['before-commit', 'after-commit'] as const) {
      const { result } = await run({ ...undisturbed, kill: { call, phase } });
      expect(result, `killed ${phase} of call ${call}`).toEqual(clean.result);
    }
  }
}

export const before: Wish = { clients: { 'old/default': {}, 'leaving/default': {}, 'kept/default': {} } };

export const after: Wish = {
  clients: {
    'moved/default': { formerly: ['old/default'] },
    'kept/default': { minutes: 30, scopes: ['invoke', 'admin'] },
    'fresh/default': {},
  },
};

export const tenants = ['old', 'moved', 'gone', 'leaving', 'kept', 'fresh'];

/** A state directory in which `before` is deployed. */
export async function prepare(): Promise<string> {
  const prepared = mkdtempSync(join(folder, 'prepared-'));
  const world = await World.start({ stateDir: prepared });
  // By the day of the kills its quarantine is over.
  await world.deploy({ clients: { ...before.clients, 'gone/default': {} } }, { today: '2026-11-01' });
  await world.deploy(before, { today: '2026-11-02' });
  await world.embedded.close();
  return prepared;
}
