/** A configuration tree as it was read, from a disk or from a git commit: what the compiler starts from. */
export interface SourceTree {
  /** Sorted by path, which is relative to the root and uses `/`. */
  readonly files: readonly SourceFile[];
  /** Files that are not read but say that they should be: known where a folder was listed, not of a git commit. */
  readonly misplaced?: readonly Misplaced[];
}

/** Configuration that lies where nothing reads it, most likely under a misspelt name. */
export interface Misplaced {
  /** A file that says of itself that it is ours. */
  readonly path: string;
  /** What is misspelt: the file, or a folder around it. */
  readonly found: string;
  readonly meant: string;
}

export interface SourceFile {
  readonly path: string;
  readonly content: SourceContent;
}

/** A file that cannot be taken as text is kept with its reason: nothing is silently skipped. */
export type SourceContent = Uint8Array | { readonly refused: 'symlink' | 'too-large' | 'not-a-file' | 'unreadable' };

/** The largest configuration file that is read, in bytes. */
export const maxFileBytes = 1024 * 1024;

/** The most configuration files that one tree may have. */
export const maxFiles = 50_000;

/** Where configuration lives. Everything else in a repository is not ours to read. */
export const rootFile = 'gatewright.yaml';
export const folders: readonly string[] = ['guardrails', 'infra/environments', 'pricing', 'routing', 'tenants'];

/** Known to people and tools by these names, without an ending. */
const documents =
  /^(?:OWNERS|CODEOWNERS|MAINTAINERS|AUTHORS|CONTRIBUTORS|README|CHANGELOG|CONTRIBUTING|SECURITY|LICEN[CS]E|COPYING|NOTICE|TODO|VERSION|Makefile)$/;

/**
 * Whether a file in one of the folders is taken. All are but hidden ones and documents for people: a tenant's file that
 * lacks its ending would otherwise be no tenant, and what is missing is removed from the world.
 */
export function isTaken(name: string): boolean {
  return isEntered(name) && !/\.(?:md|txt)$/i.test(name) && !documents.test(name);
}

/** Whether a folder is: all but hidden ones. */
export function isEntered(name: string): boolean {
  return !name.startsWith('.');
}
