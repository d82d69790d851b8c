import type { Range } from '../finding.ts';
import { cells, visible } from './visible.ts';

const widest = 140;
/** Of a line that is too long: what is kept before the place. */
const lead = 40;

export interface Frame {
  readonly gutter: string;
  readonly line: string;
  readonly underline: string;
}

/**
 * The first line of a range with carets below it; of a longer range it says where it ends. `undefined`: there is nothing
 * to see on it.
 */
export function frameOf(source: string, { start, end }: Range): Frame | undefined {
  const written = lineAt(source, start.line)?.replace(/\r$/, '');
  if (written === undefined || written.trim() === '') return undefined;
  const cut = written.length > widest ? Math.max(0, start.column - 1 - lead) : 0;
  const shown = written.slice(cut, cut + widest);
  const from = Math.min(start.column - 1 - cut, shown.length);
  const to = end.line > start.line ? shown.length : Math.min(end.column - 1 - cut, shown.length);
  const before = visible(shown.slice(0, from));
  const marked = visible(shown.slice(from, to).trimEnd());
  const prefix = cut > 0 ? '…' : '';
  const suffix = cut + widest < written.length ? '…' : '';
  const carets = '^'.repeat(Math.max(1, cells(marked)));
  return {
    gutter: String(start.line),
    line: `${prefix}${visible(shown)}${suffix}`,
    underline: `${' '.repeat(prefix.length + cells(before))}${carets}${end.line > start.line ? ` to line ${end.line}` : ''}`,
  };
}

/** Without colours. */
export function frameText({ gutter, line, underline }: Frame): string[] {
  return [`${gutter} | ${line}`, `${' '.repeat(gutter.length)} | ${underline}`];
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
