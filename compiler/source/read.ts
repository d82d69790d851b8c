import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
} from 'node:fs';
import { join } from 'node:path';
import { isOurs, meantBy } from './misplaced.ts';
import {
  folders,
  isEntered,
  isTaken,
  type Misplaced,
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
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), misplaced: [...misplacedIn(root)] };
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
  const entries = entriesIfReadable(root, folder);
  if (entries === undefined) yield { path: folder, content: { refused: 'unreadable' } };
  const entry = entries?.find(({ name }) => name === step);
  if (entry === undefined) return;
  const path = below(folder, step);
  if (entry.isDirectory()) yield* walkTo(root, path, rest);
  else yield { path, content: { refused: entry.isSymbolicLink() ? 'symlink' : 'not-a-file' } };
}

function* walk(root: string, folder: string): Generator<SourceFile> {
  const entries = entriesIfReadable(root, folder);
  if (entries === undefined) yield { path: folder, content: { refused: 'unreadable' } };
  for (const entry of entries ?? []) {
    if (!(entry.isDirectory() ? isEntered : isTaken)(entry.name)) continue;
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

/** `undefined`: the reader may not list it. A folder that vanishes meanwhile is nobody's configuration: that is thrown. */
function entriesIfReadable(root: string, folder: string): Dirent[] | undefined {
  try {
    return entriesOf(root, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') return undefined;
    throw error;
  }
}

/** Folders that hold one of ours beside others. */
const parents: readonly string[] = ['', ...new Set(folders.flatMap((folder) => folder.split('/').slice(0, -1)))];

/** Looks into files only where a name is nearly one of ours: a repository may hold anything else. */
function* misplacedIn(root: string): Generator<Misplaced> {
  for (const parent of parents) {
    const isFolder = lstatSync(join(root, parent), { throwIfNoEntry: false })?.isDirectory() === true;
    for (const entry of (isFolder || parent === '' ? entriesIfReadable(root, parent) : undefined) ?? []) {
      const meant = meantBy(parent, entry.name, entry.isDirectory());
      const found = below(parent, entry.name);
      const path = meant === undefined ? undefined : ourFile(root, found, entry);
      if (meant !== undefined && path !== undefined) yield { path, found, meant };
    }
  }
}

/** The first file in a folder that says that it is ours; a big folder of others is not searched to its end. */
function ourFile(root: string, path: string, entry: Dirent): string | undefined {
  let looked = 0;
  for (const file of yamlFiles(root, path, entry, 0)) {
    if (isOurs(beginningOf(root, file))) return file;
    looked += 1;
    if (looked === mostLookedAt) break;
  }
  return undefined;
}

const mostLookedAt = 50;
/** Deeper than this no kind lives. */
const deepest = 2;
const beginning = 4096;

function* yamlFiles(root: string, path: string, entry: Dirent, depth: number): Generator<string> {
  if (entry.isFile() && /\.ya?ml$/i.test(path)) yield path;
  if (!entry.isDirectory() || depth > deepest) return;
  for (const one of (entriesIfReadable(root, path) ?? []).slice(0, mostLookedAt)) {
    yield* yamlFiles(root, below(path, one.name), one, depth + 1);
  }
}

function beginningOf(root: string, path: string): string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(join(root, path), openFlags);
    const bytes = new Uint8Array(beginning);
    return new TextDecoder().decode(bytes.subarray(0, readSync(descriptor, bytes)));
  } catch {
    return '';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
