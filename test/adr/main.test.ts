import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '../..');
const fixture = join(import.meta.dirname, 'fixtures/ok/superseded-and-amended');

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'adr-'));
  cpSync(fixture, join(root, 'adr'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function run(...options: string[]): { status: number | null; stdout: string } {
  const tsx = join(repository, 'node_modules/tsx/dist/cli.mjs');
  const main = join(repository, 'scripts/adr/main.ts');
  const args = [tsx, main, '--root', join(root, 'adr'), '--today', '2026-06-01', ...options];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  return { status, stdout };
}

test('--write makes the index that --check wants, and once more changes nothing', () => {
  expect(run('--check')).toEqual({
    status: 1,
    stdout: 'adr/README.md:1: there is no index — run npx tsx scripts/adr/main.ts --write\n',
  });
  expect(run('--write').status).toBe(0);
  const written = readFileSync(join(root, 'adr/README.md'), 'utf8');
  expect(run('--check')).toEqual({ status: 0, stdout: '' });
  expect(run('--write').status).toBe(0);
  expect(readFileSync(join(root, 'adr/README.md'), 'utf8')).toBe(written);
});

test('findings are printed with file and line, exit 1, and keep the index from being written', () => {
  const file = join(root, 'adr/002-cut-earlier.md');
  writeFileSync(file, readFileSync(file, 'utf8').replace('proposed', 'thinking').replace('2026-05-04', '2026-06-02'));
  expect(run('--write')).toEqual({
    status: 1,
    stdout:
      'adr/002-cut-earlier.md:3: no such status as "thinking" — ' +
      'one of proposed, accepted, superseded, rejected, deprecated\n' +
      'adr/002-cut-earlier.md:4: 2026-06-02 is in the future — today is 2026-06-01\n',
  });
  expect(() => readFileSync(join(root, 'adr/README.md'))).toThrow('ENOENT');
});

test('an unknown option is a usage error', () => {
  expect(run('--fix').status).toBe(64);
  expect(run('--check', '--write').status).toBe(64);
});
