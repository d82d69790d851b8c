import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { commitAll } from '../git.ts';

export const project = join(import.meta.dirname, '../diff/project');

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatewright-git-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A commit with many files, written straight into the object store. */
export function importFiles(folder: string, files: Readonly<Record<string, string>>): void {
  const blobs = Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`);
  const head = 'commit refs/heads/many\ncommitter Test <test@example.com> 0 +0000\ndata 0\n';
  execFileSync('git', ['fast-import', '--quiet'], { cwd: folder, input: head + blobs.join('') });
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** A repository whose first commit holds the small project, in a folder of it if one is named. */
export function repository(below = ''): { folder: string; root: string; first: string } {
  const folder = temporaryFolder();
  const root = join(folder, below);
  cpSync(project, root, { recursive: true });
  return { folder, root, first: commitAll(folder, 'first') };
}
