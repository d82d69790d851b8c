import { closeSync, constants, type Dirent, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  folders,
  isTaken,
  maxFileBytes,
  maxFiles,
  rootFile,
  type SourceContent,
  type SourceFile,
  type SourceTree,
} from './tree.ts';

/** A link that appears between listing and opening is not followed either; Windows has no such flag. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads the configuration tree below `root`. Hidden files and folders are skipped, links are never followed. One file
 * more than `maxFiles` is kept as the sign that there were too many.
 */
export function readTree(root: string): SourceTree {
  const files: SourceFile[] = [];
  for (const file of listFiles(root)) {
    files.push(file);
    if (files.length > maxFiles) break;
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function* listFiles(root: string): Generator<SourceFile> {
  const entry = entriesOf(root, '').find(({ name }) => name === rootFile);
  if (entry !== undefined) yield { path: rootFile, content: contentOf(root, rootFile, entry) };
  for (const folder of folders) yield* walkTo(root, '', folder.split('/'));
}

/** Goes down `steps` from `folder`, refusing a link on the way, then takes everything below. */
function* walkTo(root: string, folder: string, steps: readonly string[]): Generator<SourceFile> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    yield* walk(root, folder);
    return;
  }
  const entry = entriesOf(root, folder).find(({ name }) => name === step);
  if (entry === undefined) return;
  const path = below(folder, step);
  if (entry.isDirectory()) yield* walkTo(root, path, rest);
  else yield { path, content: { refused: entry.isSymbolicLink() ? 'symlink' : 'not-a-file' } };
}

function* walk(root: string, folder: string): Generator<SourceFile> {
  for (const entry of entriesOf(root, folder)) {
    if (!isTaken(entry.name)) continue;
    const path = below(folder, entry.name);
    if (entry.isDirectory()) yield* walk(root, path);
    else yield { path, content: contentOf(root, path, entry) };
  }
}

function contentOf(root: string, path: string, entry: Dirent): SourceContent {
  if (entry.isSymbolicLink()) return { refused: 'symlink' };
  if (!entry.isFile()) return { refused: 'not-a-file' };
  let descriptor: number | undefined;
  try {
    descriptor = openSync(join(root, path), openFlags);
    if (fstatSync(descriptor).size > maxFileBytes) return { refused: 'too-large' };
    return readFileSync(descriptor);
  } catch {
    return { refused: 'unreadable' };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** By name, so that which files are read when there are too many is the same everywhere. */
function entriesOf(root: string, folder: string): Dirent[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
