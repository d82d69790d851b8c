import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watch } from '../../cli/commands/watch.ts';
import type { Console } from '../../cli/console.ts';
import { day } from '../day.ts';

let root: string;
let stop: AbortController;

beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'gatewright-watch-')), 'config');
  cpSync(join(import.meta.dirname, 'projects/minimal'), root, { recursive: true });
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  rmSync(dirname(root), { recursive: true, force: true });
});

interface Watched {
  readonly printed: string[];
  readonly progress: string[];
  readonly end: Promise<number>;
}

function start(format: 'text' | 'json' = 'json', env?: string): Watched {
  const printed: string[] = [];
  const progress: string[] = [];
  const console: Console = {
    print: (text) => void printed.push(text),
    progress: (text) => void progress.push(text),
    style: (text) => text,
  };
  const options = { root, at: day, format, ...(env === undefined ? {} : { env }) };
  return { printed, progress, end: watch(options, console, stop.signal) };
}

/** The codes of the state after `count` were printed. */
async function state(watched: Watched, count: number): Promise<string[]> {
  await expect.poll(() => watched.printed.length, { timeout: 10_000, interval: 5 }).toBeGreaterThanOrEqual(count);
  const { findings } = JSON.parse(watched.printed[count - 1] ?? '') as { findings: { code: string }[] };
  return findings.map(({ code }) => code);
}

const wrong = 'kind: Tenant\n';

describe('validate --watch', () => {
  it('prints the state at the start and after each save, one line of JSON each', async () => {
    const watched = start();
    expect(await state(watched, 1)).toEqual([]);
    writeFileSync(join(root, 'tenants/new.yaml'), wrong);
    expect(await state(watched, 2)).toContain('schema/missing-field');
    rmSync(join(root, 'tenants/new.yaml'));
    expect(await state(watched, 3)).toEqual([]);
    for (const text of watched.printed) expect(text).toMatch(/^\{.*\}\n$/);
  });

  it('ends with 0 when it is told to', async () => {
    const watched = start();
    await state(watched, 1);
    stop.abort();
    expect(await watched.end).toBe(0);
  });

  it('says nothing where nothing became different', async () => {
    const watched = start();
    await state(watched, 1);
    writeFileSync(join(root, 'tenants/notes.md'), 'not configuration');
    const tiers = join(root, 'tenants/tiers.yaml');
    cpSync(tiers, `${tiers}.txt`);
    renameSync(`${tiers}.txt`, tiers);
    await pause(300);
    expect(watched.printed).toHaveLength(1);
  });

  it('sees files that an editor puts in place of others', async () => {
    const watched = start();
    await state(watched, 1);
    writeFileSync(join(root, 'tenants/.swap'), wrong);
    renameSync(join(root, 'tenants/.swap'), join(root, 'tenants/tiers.yaml'));
    expect(await state(watched, 2)).toContain('resource/wrong-kind');
  });

  it('sees what happens in folders that appear, vanish and come back', async () => {
    const watched = start();
    await state(watched, 1);
    const file = join(root, 'tenants/team/inner/x.yaml');
    mkdirSync(dirname(file), { recursive: true });
    await pause(100);
    writeFileSync(file, wrong);
    expect(await state(watched, 2)).not.toEqual([]);
    rmSync(join(root, 'tenants/team'), { recursive: true });
    expect(await state(watched, 3)).toEqual([]);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wrong);
    expect(await state(watched, 4)).not.toEqual([]);
  });

  it('waits for a root that was taken away', async () => {
    const watched = start();
    await state(watched, 1);
    renameSync(root, `${root}-away`);
    await expect.poll(() => watched.progress.join(), { timeout: 10_000 }).toContain('is gone');
    writeFileSync(join(`${root}-away`, 'tenants/new.yaml'), wrong);
    renameSync(`${root}-away`, root);
    expect(await state(watched, 2)).not.toEqual([]);
  });

  it('separates states for people', async () => {
    const watched = start('text');
    await expect.poll(() => watched.printed.length, { timeout: 10_000 }).toBe(1);
    expect(watched.printed[0]).toMatch(/^── \d\d:\d\d:\d\d ─+\n/);
  });

  it('refuses what no state can be printed in, and an environment that nobody declares', async () => {
    await expect(start('json', 'nowhere').end).rejects.toThrow('there is no such environment');
    await expect(start('sarif' as 'json').end).rejects.toThrow('prints text or json');
  });
});
