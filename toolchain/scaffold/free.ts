import { readdirSync } from 'node:fs';

/** Whether nothing would be mixed up with what stands in `folder`: it is not there, or holds nothing but a repository. */
export function isFree(folder: string): boolean {
  try {
    return readdirSync(folder).every((name) => name === '.git');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}
