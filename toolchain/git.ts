import { type SimpleGit, simpleGit } from 'simple-git';
import {
  maxFileBytes,
  maxFiles,
  type SourceContent,
  type SourceFile,
  type SourceTree,
} from '../compiler/source/tree.ts';
import { isBlob } from './git/blob.ts';
import { type Entry, entriesOf, placeOf, roots } from './git/listing.ts';
import { GitProblem, problemOf } from './git/problem.ts';

export { GitProblem } from './git/problem.ts';

/** What a commit's configuration is read with: nothing is checked out, nothing written. */
function open(root: string, input?: string): SimpleGit {
  try {
    return simpleGit({
      baseDir: root,
      trimmed: true,
      // Output counts when it is complete, not some time after the process went.
      completion: { onClose: true, onExit: false },
      ...(input === undefined ? {} : { input: () => input }),
    });
  } catch {
    throw new GitProblem(`${root} is not a folder`, 'name the folder of the configuration with --root');
  }
}

/**
 * The commit whose configuration is on the disk; null: none is (no repository, no git, no commit yet), or files were
 * changed since, so that naming the commit would be a lie.
 */
export async function commitOnDisk(root: string): Promise<string | null> {
  try {
    const commit = await commitOf(root, 'HEAD');
    const changed = await run(() => open(root).raw('status', '--porcelain', '--', ...roots), null);
    return changed === '' ? commit : null;
  } catch (error) {
    if (error instanceof GitProblem) return null;
    throw error;
  }
}

/** The full id of the commit that a branch, tag or id names. */
export async function commitOf(root: string, ref: string): Promise<string> {
  if (ref === '' || ref.startsWith('-') || /[\p{Cc}\p{Cs}]/u.test(ref)) {
    throw new GitProblem(
      `${JSON.stringify(ref)} cannot be a branch, tag or commit`,
      'name one that git knows, such as main',
    );
  }
  const git = open(root);
  const commit = await run(() => git.raw('rev-parse', '--verify', '--quiet', `${ref}^{commit}`), '');
  // A range is verified too, with two lines of ids.
  if (/^[0-9a-f]{40,64}$/.test(commit)) return commit;
  throw await unknownRef(git, root, ref);
}

/** Why a ref names nothing; asked only when it does not, so that a diff costs no more calls than it needs. */
async function unknownRef(git: SimpleGit, root: string, ref: string): Promise<GitProblem> {
  const shallow = await run(() => git.raw('rev-parse', '--is-shallow-repository'), null);
  if (shallow === null) {
    return new GitProblem(`${root} is in no git repository`, 'run it in a checkout of the configuration');
  }
  if (shallow === 'true') {
    return new GitProblem(
      `the clone is shallow and does not hold ${ref}`,
      'fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in actions/checkout',
    );
  }
  return new GitProblem(`there is no branch, tag or commit ${ref}`, 'fetch it first, or correct its name');
}

/**
 * The configuration below `root` as it is in a commit: the same files that `readTree` takes from a disk, links and
 * submodules refused likewise. `root` may be a folder of the repository. Three processes, however many files. What is
 * the same in `like`, a tree that was read before, is taken from there.
 */
export async function readTreeAt(root: string, ref: string, like?: SourceTree): Promise<SourceTree> {
  const commit = await commitOf(root, ref);
  const listed = await run(() => open(root).raw('ls-tree', '-r', '-l', '-z', commit, ...roots), null);
  if (listed === null) throw new GitProblem(`the tree of ${ref} cannot be read`, 'check the repository with git fsck');
  const places = new Map<string, { entry: Entry; refused: 'symlink' | 'not-a-file' | 'too-large' | null }>();
  for (const entry of entriesOf(listed)) {
    const place = placeOf(entry);
    if (place === null || places.has(place.path)) continue;
    const refused = place.refused ?? (entry.size > maxFileBytes ? 'too-large' : null);
    places.set(place.path, { entry, refused });
    if (places.size > maxFiles) break;
  }
  const known = new Map(like?.files.map(({ path, content }) => [path, content]));
  const contents = new Map<string, SourceContent>();
  const missing: string[] = [];
  for (const [path, { entry, refused }] of places) {
    if (refused !== null) continue;
    const content = known.get(path);
    if (content !== undefined && !('refused' in content) && isBlob(content, entry)) contents.set(entry.id, content);
    else missing.push(entry.id);
  }
  for (const [id, bytes] of await readBlobs(root, missing)) contents.set(id, bytes);
  const files = [...places].map(([path, { entry, refused }]): SourceFile => {
    const content: SourceContent =
      refused === null ? (contents.get(entry.id) ?? { refused: 'unreadable' }) : { refused };
    return { path, content };
  });
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** All blobs in one process. An id that is not there (a partial clone) has no content. */
async function readBlobs(root: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>();
  if (ids.length === 0) return blobs;
  const git = open(root, `${[...new Set(ids)].join('\n')}\n`);
  const output: unknown = await run(() => git.binaryCatFile(['--batch']), null);
  if (!Buffer.isBuffer(output)) throw new GitProblem('objects cannot be read', 'check the repository with git fsck');
  let from = 0;
  while (from < output.length) {
    const end = output.indexOf(0x0a, from);
    const [id = '', type, size] = output.toString('latin1', from, end).split(' ');
    from = end + 1;
    if (type !== 'blob') continue;
    const bytes = Number(size);
    blobs.set(id, output.subarray(from, from + bytes));
    from += bytes + 1;
  }
  return blobs;
}

/** What git answers; `otherwise` where it answers with an error. What keeps git from running at all is thrown. */
async function run<T, O>(ask: () => PromiseLike<T>, otherwise: O): Promise<T | O> {
  try {
    return await ask();
  } catch (error) {
    const problem = problemOf(error);
    if (problem !== null) throw problem;
    return otherwise;
  }
}
