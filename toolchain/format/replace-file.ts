import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Gives a file a new text: whoever reads it meanwhile sees the old one or the new one. Its permissions stay. */
export function replaceFile(path: string, text: string): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0o666;
  // Hidden, so that a reader of the configuration does not take it for a part of it.
  const staging = mkdtempSync(join(dirname(path), '.gatewright-'));
  try {
    const fresh = join(staging, 'new');
    writeFileSync(fresh, text, { mode });
    renameSync(fresh, path);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
