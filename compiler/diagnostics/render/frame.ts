import type { Range } from '../finding.ts';
import { withoutSecrets } from '../secret.ts';
import { cells, visible } from './visible.ts';

const widest = 140;
/** Of a line that is too long: what is kept before the place. */
const lead = 40;

export interface Frame {
  readonly gutter: string;
  readonly line: string;
  readonly underline: string;
}

/** The first line of a range with carets below it. `undefined`: there is nothing to see on it. */
export function frameOf(source: string, { start, end }: Range): Frame | undefined {
  const written = lineAt(source, start.line)?.replace(/\r$/, '');
  if (written === undefined || written.trim() === '') return undefined;
  const cut = written.length > widest ? Math.max(0, start.column - 1 - lead) : 0;
  // A secret may begin before what is shown, and end behind it.
  const margin = Math.min(cut, 200);
  const shown = withoutSecrets(written.slice(cut - margin, cut + widest + 200)).slice(margin, margin + widest);
  const from = Math.min(start.column - 1 - cut, shown.length);
  const to = end.line > start.line ? shown.length : Math.min(end.column - 1 - cut, shown.length);
  const before = visible(shown.slice(0, from));
  const marked = visible(shown.slice(from, to).trimEnd());
  const prefix = cut > 0 ? '…' : '';
  const suffix = cut + widest < written.length ? '…' : '';
  return {
    gutter: String(start.line),
    line: `${prefix}${visible(shown)}${suffix}`,
    underline: ' '.repeat(prefix.length + cells(before)) + '^'.repeat(Math.max(1, cells(marked))),
  };
}

function lineAt(source: string, line: number): string | undefined {
  let start = 0;
  for (let skipped = 1; skipped < line; skipped += 1) {
    const next = source.indexOf('\n', start);
    if (next === -1) return undefined;
    start = next + 1;
  }
  const end = source.indexOf('\n', start);
  return source.slice(start, end === -1 ? undefined : end);
}
