import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface Replacement {
  /** Below the root, with /. */
  readonly file: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

interface Staged {
  readonly replacement: Replacement;
  readonly target: string;
  readonly temporary: string;
}

/**
 * Replaces files, each as a whole, with its mode: a reader sees the old text or the new one. All are written beside their
 * places before the first is moved there, and none is where one has changed since it was read. Gives the reason then.
 */
export function replaceFiles(root: string, replacements: readonly Replacement[]): string | undefined {
  const staged: Staged[] = [];
  try {
    for (const replacement of replacements) {
      const target = join(root, ...replacement.file.split('/'));
      const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
      staged.push({ replacement, target, temporary });
      const mode = modeWhenUnchanged(target, replacement.before);
      if (mode === undefined) return `${replacement.file} changed meanwhile`;
      write(temporary, replacement.after, mode);
    }
    const changed = staged.find((one) => modeWhenUnchanged(one.target, one.replacement.before) === undefined);
    if (changed !== undefined) return `${changed.replacement.file} changed meanwhile`;
    for (const { temporary, target } of staged) renameSync(temporary, target);
    return undefined;
  } finally {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  }
}

/** A link that took the place of the file is a change too: it is not followed. */
function modeWhenUnchanged(target: string, before: Uint8Array): number | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(target, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const { mode } = fstatSync(descriptor);
    return readFileSync(descriptor).equals(before) ? mode & 0o7777 : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function write(file: string, bytes: Uint8Array, mode: number): void {
  const descriptor = openSync(file, 'wx', mode);
  try {
    writeFileSync(descriptor, bytes);
    // What openSync was told goes through the umask.
    fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
