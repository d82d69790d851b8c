import { analyse } from '../compiler/analyse.ts';
import type { Analysis } from '../compiler/analysis.ts';
import type { Finding } from '../compiler/diagnostics/finding.ts';
import type { Change, Comparison, Side } from '../compiler/diff/change.ts';
import { diffAnalyses } from '../compiler/diff/diff.ts';
import { createMemory } from '../compiler/memory.ts';
import { readTree } from '../compiler/source/read.ts';
import type { SourceTree } from '../compiler/source/tree.ts';
import { unreadOf } from './diff/unread.ts';
import { commitOf, readTreeAt } from './git.ts';

export interface DiffInput {
  /** Folder that holds gatewright.yaml; may be a folder of the repository. */
  readonly root: string;
  /** Branch, tag or commit. */
  readonly base: string;
  /** Branch, tag or commit; a tree: the files as they were read from the disk; undefined: as they are there now. */
  readonly head?: string | SourceTree;
  /** YYYY-MM-DD, for both sides. */
  readonly date: string;
  /** Names; undefined: all. */
  readonly environments?: readonly string[];
}

export interface DiffResult {
  /** null: the head does not validate, so there is nothing to compare. */
  readonly comparison: Comparison | null;
  readonly changes: readonly Change[];
  /** Of the head. */
  readonly findings: readonly Finding[];
  /** Of the base: it may have been made under other rules. */
  readonly baseFindings: readonly Finding[];
  /** For the sources of findings. */
  readonly head: Analysis;
}

/**
 * What it means to go from one commit to another, or to the files on the disk. Throws a GitProblem. The head is checked
 * as far as it has to be read: what is wrong in a tenant that nobody touched is for `validate` to say.
 */
export async function diffTrees({ root, base, head, date, environments }: DiffInput): Promise<DiffResult> {
  const sides = { base: await commitSide(root, base), head: await headSide(root, head) };
  const headTree = await treeOf(root, head, sides.head);
  const baseTree = await readTreeAt(root, sides.base.commit, headTree);
  // The sides differ in a few files: what follows from the others is worked out once, or not at all.
  const unread = unreadOf(baseTree, headTree);
  const given = { date, unread, memory: createMemory(), ...(environments === undefined ? {} : { environments }) };
  const after = analyse({ tree: headTree, ...given });
  if (after.findings.some(isError)) {
    return { comparison: null, changes: [], findings: after.findings, baseFindings: [], head: after };
  }
  const before = analyse({ tree: baseTree, ...given });
  const changes = diffAnalyses(before, after);
  const names = [before, after].flatMap((side) => side.environments.map(({ model }) => model.environment.name));
  const comparison: Comparison = {
    ...sides,
    environments: [...new Set(names)].sort(),
    changes,
    notes: notesOf(sides.base.label, baseTree, before),
  };
  return { comparison, changes, findings: after.findings, baseFindings: before.findings, head: after };
}

async function commitSide(root: string, ref: string): Promise<Side & { readonly commit: string }> {
  return { label: ref, commit: await commitOf(root, ref) };
}

async function headSide(root: string, head: DiffInput['head']): Promise<Side> {
  return typeof head === 'string' ? await commitSide(root, head) : { label: 'working tree', commit: null };
}

async function treeOf(root: string, head: DiffInput['head'], { commit }: Side): Promise<SourceTree> {
  if (commit !== null) return await readTreeAt(root, commit);
  return typeof head === 'object' ? head : readTree(root);
}

function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}

/** An old commit may have been made under other rules: the comparison goes on with what could be read there. */
function notesOf(label: string, tree: SourceTree, before: Analysis): string[] {
  if (tree.files.length === 0) return [`${label} holds no configuration here: everything shows as added.`];
  const errors = before.findings.filter(isError);
  const [first] = errors;
  if (first === undefined) return [];
  const { file, range } = first.place;
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
  return [
    `${label} does not validate (${count}, the first at ${file}:${range.start.line}: ${first.message}). ` +
      'The comparison goes on with what could be read there; what could not shows as added.',
  ];
}
