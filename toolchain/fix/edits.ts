import type { Finding, Path, PlacedFix, Position } from '../../compiler/diagnostics/finding.ts';
import { Lines } from '../../compiler/source/lines.ts';
import type { Span } from '../../compiler/source/marks.ts';
import { parseFile } from '../../compiler/source/parse.ts';
import { sameValue, valueAfter } from './value.ts';

/** One change that was made: `from` stood at this place of the file as it was then. */
export interface Mend {
  readonly file: string;
  readonly position: Position;
  readonly from: string;
  readonly to: string;
}

/** A fix that was not applied, and why. */
export interface Unmended {
  readonly finding: Finding;
  readonly reason: string;
}

/** A file before and after the fixes that could be made at once. */
export interface Edit {
  readonly file: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly mends: readonly Mend[];
  readonly unmended: readonly Unmended[];
}

const byteOrderMark = '\uFEFF';

/**
 * Applies as many fixes as do not lie in each other. Each is tried alone: where anything but the value that it is about
 * would change, as behind an alias that others share, it is not made.
 */
export function edited(file: string, before: Uint8Array, findings: readonly Finding[]): Edit {
  const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(before);
  const mark = decoded.startsWith(byteOrderMark) ? byteOrderMark : '';
  let text = decoded.slice(mark.length);
  const lines = new Lines(text);
  const mends: Mend[] = [];
  const unmended: Unmended[] = [];
  let free = text.length + 1;
  // From the end, so that what is before keeps its place.
  for (const { finding, fix } of lastFirst(findings)) {
    const span = spanOf(fix, lines);
    if (span.end > free || (span.end === free && span.start === span.end)) continue;
    const next = `${text.slice(0, span.start)}${fix.text}${text.slice(span.end)}`;
    const { range, path = [] } = fix.place;
    if (!changesOnly(file, text, next, path)) {
      unmended.push({ finding, reason: 'it would change other values as well' });
      continue;
    }
    mends.unshift({ file, position: range.start, from: text.slice(span.start, span.end), to: fix.text });
    text = next;
    free = span.start;
  }
  return { file, before, after: new TextEncoder().encode(`${mark}${text}`), mends, unmended };
}

function lastFirst(findings: readonly Finding[]): { readonly finding: Finding; readonly fix: PlacedFix }[] {
  return findings
    .flatMap((finding) => (finding.fix === undefined ? [] : [{ finding, fix: finding.fix }]))
    .sort((a, b) => byPosition(b.fix.place.range.start, a.fix.place.range.start));
}

function byPosition(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

function spanOf({ place: { range } }: PlacedFix, lines: Lines): Span {
  return { start: lines.offset(range.start), end: lines.offset(range.end) };
}

/** Whether the file means the same but for the one value, or the one key, at `path`. */
function changesOnly(file: string, before: string, after: string, path: Path): boolean {
  const was = read(file, before);
  const is = read(file, after);
  return was !== undefined && is !== undefined && sameValue(valueAfter(was, is, path), is);
}

function read(file: string, text: string): unknown {
  const { document } = parseFile({ path: file, content: new TextEncoder().encode(text) });
  return document?.complete === true ? document.value : undefined;
}
