import { readFileSync } from 'node:fs';

import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addToJobSummary, documentationAddress, folderInRepository } from '../../cli/github.ts';
import { temporaryDirectory } from '../temporary.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the folder of a configuration in its repository', () => {
  it.each([
    ['/work/repository/gateway/eu', 'gateway/eu'],
    ['/work/repository', ''],
    ['/elsewhere', ''],
  ])('of %s is "%s"', (root, folder) => {
    vi.stubEnv('GITHUB_WORKSPACE', '/work/repository');
    expect(folderInRepository(root)).toBe(folder);
  });
});

describe('the address of the documentation', () => {
  it('is that of the commit which was checked', () => {
    vi.stubEnv('GITHUB_SERVER_URL', 'https://github.example');
    vi.stubEnv('GITHUB_REPOSITORY', 'acme/gateway');
    vi.stubEnv('GITHUB_SHA', 'abc');
    expect(documentationAddress()).toBe('https://github.example/acme/gateway/blob/abc/docs/checks.md');
  });

  it('is not known elsewhere', () => {
    vi.stubEnv('GITHUB_SERVER_URL', undefined);
    expect(documentationAddress()).toBeUndefined();
  });
});

describe('the summary of a job', () => {
  it('grows, as several commands of a step write to it', () => {
    const file = join(temporaryDirectory(), 'summary.md');
    vi.stubEnv('GITHUB_STEP_SUMMARY', file);
    addToJobSummary('one\n');
    addToJobSummary('two\n');
    expect(readFileSync(file, 'utf8')).toBe('\none\n\ntwo\n');
  });
});
