import type { Analysis } from '../compiler/analysis.ts';
import type { Finding } from '../compiler/diagnostics/finding.ts';
import type { SourceTree } from '../compiler/source/tree.ts';
import { type Edit, edited, type Mend, type Unmended } from './fix/edits.ts';
import { replaceFiles } from './replace-files.ts';

export type { Mend, Unmended } from './fix/edits.ts';

export interface Checked {
  readonly tree: SourceTree;
  readonly analysis: Analysis;
}

export interface FixResult {
  readonly mends: readonly Mend[];
  readonly unmended: readonly Unmended[];
  /** What is left, read and checked anew. */
  readonly last: Checked;
}

/** Fixes that lie in each other, or that only a fix before makes possible, need a round each. */
const mostRounds = 5;

/** Applies the fixes of findings to the files below `root`, until none is left that can be applied. */
export function fixFindings(root: string, check: () => Checked): FixResult {
  const mends: Mend[] = [];
  let last = check();
  for (let round = 0; round < mostRounds; round += 1) {
    const { edits, unmended } = editsFor(last);
    if (edits.length === 0) return { mends, unmended, last };
    const refused = replaceFiles(root, edits);
    if (refused !== undefined) {
      const reason = `nothing was written: ${refused}`;
      return { mends, unmended: fixable(last).map((finding) => ({ finding, reason })), last };
    }
    mends.push(...edits.flatMap((edit) => edit.mends));
    last = check();
  }
  const reason = `it is still there after ${mostRounds} rounds`;
  return { mends, unmended: fixable(last).map((finding) => ({ finding, reason })), last };
}

function fixable({ analysis }: Checked): Finding[] {
  return analysis.findings.filter(({ fix }) => fix !== undefined);
}

function editsFor(checked: Checked): { readonly edits: readonly Edit[]; readonly unmended: readonly Unmended[] } {
  const contents = new Map(checked.tree.files.map(({ path, content }) => [path, content]));
  const byFile = new Map<string, Finding[]>();
  for (const finding of fixable(checked)) {
    const file = finding.fix?.place.file ?? '';
    byFile.set(file, [...(byFile.get(file) ?? []), finding]);
  }
  const edits: Edit[] = [];
  const unmended: Unmended[] = [];
  for (const [file, findings] of byFile) {
    const content = contents.get(file);
    if (content === undefined || 'refused' in content) continue;
    const result = edited(file, content, findings);
    if (result.mends.length > 0) edits.push(result);
    unmended.push(...result.unmended);
  }
  return { edits, unmended };
}
