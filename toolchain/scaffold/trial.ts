import { analyse } from '../../compiler/analyse.ts';
import type { Analysis } from '../../compiler/analysis.ts';
import type { Finding } from '../../compiler/diagnostics/finding.ts';
import type { SourceTree } from '../../compiler/source/tree.ts';

/** What a new file would bring: the findings that the tree has with it and does not have without it. */
export interface Trial {
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
}

export function tryFile(tree: SourceTree, path: string, text: string, date: string): Trial {
  const file = { path, content: new TextEncoder().encode(text) };
  const files = [...tree.files, file].sort((a, b) => (a.path < b.path ? -1 : 1));
  const known = new Set(analyse({ tree, date }).findings.map(identity));
  const analysis = analyse({ tree: { ...tree, files }, date });
  return { analysis, findings: analysis.findings.filter((finding) => !known.has(identity(finding))) };
}

function identity({ code, message, place }: Finding): string {
  return JSON.stringify([code, message, place.file, place.range.start]);
}
