import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { folders } from '../../compiler/source/tree.ts';

/**
 * Hears of changes in the folders that hold configuration. One watcher for each folder: a recursive one would watch every
 * file of the repository. A folder that was replaced by another of its name is watched anew.
 */
export class FolderWatch {
  readonly #root: string;
  readonly #heard: () => void;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(root: string, heard: () => void) {
    this.#root = root;
    this.#heard = heard;
  }

  /** Watches what is there now. False: the system refuses to watch some of it, so that somebody has to look. */
  follow(): boolean {
    const present = new Map(placesIn(this.#root).map((place) => [place.key, place.folder]));
    for (const [key, watcher] of this.#watchers) {
      if (present.has(key)) continue;
      watcher.close();
      this.#watchers.delete(key);
    }
    let all = true;
    for (const [key, folder] of present) {
      if (!this.#watchers.has(key)) all = this.#add(key, folder) && all;
    }
    return all;
  }

  #add(key: string, folder: string): boolean {
    try {
      const watcher = watch(folder, this.#heard);
      watcher.on('error', this.#heard);
      this.#watchers.set(key, watcher);
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }
}

interface Place {
  readonly folder: string;
  /** Of this folder, and of no later one of its name. */
  readonly key: string;
}

/** The root, what leads to the folders of the configuration, and all below them. */
function placesIn(root: string): Place[] {
  const ways = folders.flatMap((folder) => {
    const steps = folder.split('/');
    return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
  });
  const above = ways.filter((way) => !folders.includes(way)).flatMap((way) => placeOf(join(root, way)));
  return [...placeOf(root), ...above, ...folders.flatMap((folder) => placesBelow(join(root, folder)))];
}

function placesBelow(folder: string): Place[] {
  const places = placeOf(folder);
  if (places.length === 0) return [];
  return [...places, ...foldersIn(folder).flatMap((name) => placesBelow(join(folder, name)))];
}

/** None where there is no folder, or not any more. */
function placeOf(folder: string): Place[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() ? [{ folder, key: `${stats.dev}:${stats.ino} ${folder}` }] : [];
}

/** Links are not followed. */
function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  } catch {
    return [];
  }
}
