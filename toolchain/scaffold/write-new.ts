import { mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Writes a file that is not there yet; an existing one is an error (EEXIST), never overwritten. */
export function writeNew(root: string, path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  // A folder that is a link may lead anywhere.
  if (!`${realpathSync(dirname(file))}${sep}`.startsWith(`${realpathSync(root)}${sep}`)) {
    throw new Error(`${path} would lie outside of ${root}`);
  }
  writeFileSync(file, text, { flag: 'wx' });
}

/** Whether nothing would be mixed up with what stands in `folder`: it is not there, or holds nothing but a repository. */
export function isFree(folder: string): boolean {
  try {
    return readdirSync(folder).every((name) => name === '.git');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}
