import { existsSync } from 'node:fs';
import { readTree } from '../../compiler/source/read.ts';
import type { SourceContent, SourceFile, SourceTree } from '../../compiler/source/tree.ts';
import { Bell } from './bell.ts';
import { FolderWatch } from './folders.ts';

/** Editors write in several steps: what follows within this time belongs to the same save. */
const quietMilliseconds = 10;
/** How often somebody looks where nothing can be heard: the folder is gone, or the system has no watcher left. */
const lookMilliseconds = 500;

/**
 * The configuration below `root` as it is now, and again each time that it is another one, until `stop`. null: there is no
 * such folder. Files that stayed the same are the same objects as before.
 */
export async function* watchTree(root: string, stop: AbortSignal): AsyncGenerator<SourceTree | null> {
  const bell = new Bell(stop);
  const folders = new FolderWatch(root, () => bell.ring());
  try {
    let last: SourceTree | null | undefined;
    while (!stop.aborted) {
      // Before reading, so that nothing that changes in the meantime is missed.
      const hears = folders.follow();
      const tree = readWhole(root, last ?? undefined);
      if (tree !== last && tree !== undefined) {
        last = tree;
        yield tree;
      }
      const deaf = !hears || tree === null || tree === undefined;
      await bell.rung(quietMilliseconds, deaf ? lookMilliseconds : undefined);
    }
  } finally {
    folders.close();
  }
}

/** undefined: a folder vanished while it was read; whatever took it away is not done yet. */
function readWhole(root: string, before: SourceTree | undefined): SourceTree | null | undefined {
  if (!existsSync(root)) return null;
  try {
    return keepSame(readTree(root), before);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    return existsSync(root) ? undefined : null;
  }
}

function keepSame(tree: SourceTree, before: SourceTree | undefined): SourceTree {
  if (before === undefined) return tree;
  const known = new Map(before.files.map((file) => [file.path, file]));
  const files = tree.files.map((file): SourceFile => {
    const old = known.get(file.path);
    return old !== undefined && isSame(old.content, file.content) ? old : file;
  });
  const isEqual = files.length === before.files.length && files.every((file, index) => file === before.files[index]);
  const others = ({ files: _, ...rest }: SourceTree): string => JSON.stringify(rest);
  return isEqual && others(tree) === others(before) ? before : { ...tree, files };
}

function isSame(a: SourceContent, b: SourceContent): boolean {
  if ('refused' in a || 'refused' in b) return 'refused' in a && 'refused' in b && a.refused === b.refused;
  return Buffer.compare(a, b) === 0;
}
