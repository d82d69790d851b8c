import type { RawFinding } from '../diagnostics/finding.ts';
import { startOfFile } from '../diagnostics/position.ts';
import { type Misplaced, maxFiles, rootFile, type SourceContent, type SourceTree } from './tree.ts';

type Refusal = Exclude<SourceContent, Uint8Array>['refused'];

const refusals = {
  symlink: {
    code: 'source/symlink',
    message: 'a symbolic link is not followed: what it points to may lie outside the reviewed tree',
    hint: 'replace the link with what it points to',
  },
  'too-large': {
    code: 'source/too-large',
    message: 'the file is larger than 1 MiB',
    hint: 'split it: one resource per file',
  },
  'not-a-file': {
    code: 'source/not-a-file',
    message: 'this is not a regular file',
    hint: 'configuration is read from regular files only: remove it or move it elsewhere',
  },
  unreadable: {
    code: 'source/unreadable',
    message: 'the file or folder cannot be read, so that what it holds would count as removed',
    hint: 'give yourself the permission to read it',
  },
} as const satisfies Record<Refusal, Omit<RawFinding, 'place'>>;

/** What to say about a file that was not taken. */
export function refusalFinding(path: string, refusal: Refusal): RawFinding {
  return { ...refusals[refusal], place: { file: path, range: startOfFile } };
}

/** What is wrong with a tree as a whole: configuration that lies elsewhere, more files than are read. */
export function treeFindings({ files, misplaced = [] }: SourceTree): readonly RawFinding[] {
  return [...misplaced.map(misplacedFinding), ...(files.length > maxFiles ? [tooManyFiles] : [])];
}

function misplacedFinding({ path, found, meant }: Misplaced): RawFinding {
  return {
    code: 'source/misplaced',
    message:
      path === found
        ? `nothing reads the file ${path}, so that it has no effect`
        : `nothing reads the folder ${found}, so that its configuration (${path}) has no effect`,
    place: { file: rootFile, range: startOfFile },
    hint: `did you mean ${meant}? rename it, or move it there`,
  };
}

const tooManyFiles: RawFinding = {
  code: 'source/too-many-files',
  message: `the tree has more than ${maxFiles} configuration files; the rest was not read`,
  place: { file: rootFile, range: startOfFile },
  hint: 'split the configuration into several repositories, one gateway each',
};
