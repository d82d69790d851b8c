import { folders, isEntered, isTaken, rootFile } from '../../compiler/source/tree.ts';

/** One line of `git ls-tree -r -l -z`. */
export interface Entry {
  readonly mode: string;
  readonly id: string;
  /** Bytes; 0 for a submodule. */
  readonly size: number;
  /** Relative to the folder that was listed. */
  readonly path: string;
}

/** Where an entry stands in the configuration tree, and why it is refused. */
export interface EntryPlace {
  readonly path: string;
  readonly refused: 'symlink' | 'not-a-file' | null;
}

const symlink = '120000';
const submodule = '160000';

/** What git is asked to list. */
export const roots: readonly string[] = [rootFile, ...new Set(folders.map((folder) => folder.split('/')[0] ?? ''))];

export function* entriesOf(listing: string): Iterable<Entry> {
  for (const line of listing.split('\0')) {
    const tab = line.indexOf('\t');
    if (tab === -1) continue;
    const [mode = '', , id = '', size] = line.slice(0, tab).split(/ +/);
    yield { mode, id, size: Number(size) || 0, path: line.slice(tab + 1) };
  }
}

/** null: not ours to read. */
export function placeOf({ mode, path }: Entry): EntryPlace | null {
  const refused = mode === symlink ? 'symlink' : mode === submodule ? 'not-a-file' : null;
  if (path === rootFile) return { path, refused };
  if (path.startsWith(`${rootFile}/`)) return { path: rootFile, refused: 'not-a-file' };
  // A link or a file where a folder is expected hides what would be below.
  if (folders.some((folder) => `${folder}/`.startsWith(`${path}/`))) return { path, refused: refused ?? 'not-a-file' };
  const folder = folders.find((name) => path.startsWith(`${name}/`));
  if (folder === undefined) return null;
  const steps = path.slice(folder.length + 1).split('/');
  const name = steps.pop() ?? '';
  return steps.every(isEntered) && isTaken(name) ? { path, refused } : null;
}
