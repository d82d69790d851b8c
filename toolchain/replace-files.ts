import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
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
  /** undefined: it is not there. */
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array;
}

/** One that is not there yet: an existing file is never overwritten. */
export function newFile(file: string, text: string): Replacement {
  return { file, before: undefined, after: new TextEncoder().encode(text) };
}

interface Staged {
  readonly replacement: Replacement;
  readonly target: string;
  readonly temporary: string;
}

/**
 * Replaces files, each as a whole, with its mode: a reader sees the old text or the new one. All are written beside their
 * places, hidden so that nobody takes them for configuration, before the first is moved there; and none is where one has
 * changed since it was read. Gives the reason then. Folders that are missing are made. A link on the way, which may lead
 * out of the root, is an error (ELOOP) before anything is made.
 */
export function replaceFiles(root: string, replacements: readonly Replacement[]): string | undefined {
  const staged: Staged[] = [];
  for (const replacement of replacements) refuseLinks(root, replacement);
  try {
    for (const replacement of replacements) {
      const target = join(root, ...replacement.file.split('/'));
      const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
      staged.push({ replacement, target, temporary });
      const state = stateOf(target);
      if (!isAsRead(state, replacement)) return changed(replacement);
      mkdirSync(dirname(target), { recursive: true });
      write(temporary, replacement.after, state?.mode);
    }
    const late = staged.find(({ target, replacement }) => !isAsRead(stateOf(target), replacement));
    if (late !== undefined) return changed(late.replacement);
    for (const { temporary, target } of staged) renameSync(temporary, target);
    return undefined;
  } finally {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
  }
}

function changed({ file, before }: Replacement): string {
  return before === undefined ? `${file} is there already` : `${file} changed meanwhile`;
}

/** A file that became a link has changed, which is said later. */
function refuseLinks(root: string, { file, before }: Replacement): void {
  const steps = file.split('/');
  const last = before === undefined ? steps.length : steps.length - 1;
  for (let count = 1; count <= last; count += 1) {
    const path = steps.slice(0, count).join('/');
    const isLink = lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() === true;
    if (isLink)
      throw Object.assign(new Error(`nothing is written through a link, and ${path} is one`), { code: 'ELOOP', path });
  }
}

interface State {
  readonly mode: number;
  /** undefined: it cannot be read as a file. A link that took the place of one is a change too: it is not followed. */
  readonly bytes: Buffer | undefined;
}

function stateOf(target: string): State | undefined {
  if (lstatSync(target, { throwIfNoEntry: false }) === undefined) return undefined;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(target, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    return { mode: fstatSync(descriptor).mode & 0o7777, bytes: readFileSync(descriptor) };
  } catch {
    return { mode: 0, bytes: undefined };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function isAsRead(state: State | undefined, { before }: Replacement): boolean {
  if (state === undefined || before === undefined) return state === before;
  return state.bytes?.equals(before) === true;
}

function write(file: string, bytes: Uint8Array, mode: number | undefined): void {
  const descriptor = openSync(file, 'wx', mode);
  try {
    writeFileSync(descriptor, bytes);
    // What openSync was told goes through the umask.
    if (mode !== undefined) fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
