import { afterEach, expect, it, vi } from 'vitest';
import { commandName } from '../../cli/invocation.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  [undefined, 'gatewright'],
  ['start', 'npx gatewright'],
  ['exec', 'npx gatewright'],
])('started by npm command %s, it is called again as %s', (npmCommand, again) => {
  vi.stubEnv('npm_command', npmCommand);
  expect(commandName()).toBe(again);
});
