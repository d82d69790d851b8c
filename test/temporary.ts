import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs after the test, the latest first. */
export function cleanUp(action: () => void | Promise<void>): void {
  cleanups.push(action);
}

/** A new directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatewright-'));
  cleanUp(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
