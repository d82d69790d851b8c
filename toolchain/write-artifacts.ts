import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Artifacts, artifactNames } from '../contract/artifacts/artifacts.ts';

/** Whether `folder` may be replaced: it is not there, or empty, or holds what an earlier compile wrote. */
export function isReplaceable(folder: string): boolean {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.length === 0 || names.includes('manifest.json');
}

/** Replaces `folder` by one that holds exactly these artifacts. A reader sees the old ones or the new ones, never a mixture. */
export function writeArtifacts(folder: string, artifacts: Artifacts): void {
  mkdirSync(dirname(folder), { recursive: true });
  const staging = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  const fresh = join(staging, 'new');
  try {
    mkdirSync(fresh);
    for (const name of artifactNames) writeFileSync(join(fresh, name), artifacts[name]);
    moveAway(folder, join(staging, 'old'));
    renameSync(fresh, folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** A directory cannot be renamed over one that is not empty. */
function moveAway(folder: string, to: string): void {
  try {
    renameSync(folder, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
