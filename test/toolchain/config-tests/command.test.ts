import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { exitCodes } from '../../../cli/exit-codes.ts';
import { capture } from '../../capture.ts';
import { repository } from '../../compiler/project.ts';

const main = join(repository, 'build/cli/main.js');
const minimal = join(repository, 'test/compiler/projects/minimal');

/** The command, as somebody runs it whose environment names this executable. */
function testWith(executable: string, ...args: string[]) {
  vi.stubEnv('GATEWRIGHT_AGENTGATEWAY', executable);
  return capture(process.execPath, [main, 'test', '--root', minimal, '--at', '2026-11-24', ...args], repository);
}

afterEach(() => vi.unstubAllEnvs());

const skipped = 'the binary engine is skipped: GATEWRIGHT_AGENTGATEWAY names no agentgateway executable\n';

test('without an executable the binary engine is skipped, and that is said', async () => {
  expect(await testWith('')).toMatchObject({ status: exitCodes.fine, stderr: skipped });
  expect(await testWith('', '--engine', 'all')).toMatchObject({ status: exitCodes.fine, stderr: skipped });
});

test('the model alone needs no executable, and says nothing about it', async () => {
  expect(await testWith('', '--engine', 'model')).toMatchObject({ status: exitCodes.fine, stderr: '' });
});

test('the binary alone cannot do without one', async () => {
  expect(await testWith('', '--engine', 'binary')).toMatchObject({ status: exitCodes.usage, stdout: '' });
});

test('an executable that is not there is a mistake of whoever set it', async () => {
  const { status, stderr } = await testWith(join(minimal, 'agentgateway'));
  expect(status).toBe(exitCodes.usage);
  expect(stderr).toContain('there is no file');
});
