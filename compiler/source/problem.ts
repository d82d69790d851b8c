import type { Code } from '../diagnostics/codes.ts';
import type { RawFinding } from '../diagnostics/finding.ts';
import type { Lines } from './lines.ts';
import type { Span } from './marks.ts';

/** A finding before its offsets became lines and columns. */
export interface Problem {
  readonly code: Code;
  readonly message: string;
  readonly span: Span;
  readonly hint: string;
  readonly related?: { readonly message: string; readonly span: Span };
}

export function problemFinding(problem: Problem, file: string, lines: Lines): RawFinding {
  const place = (span: Span): RawFinding['place'] => ({ file, range: lines.range(span.start, span.end) });
  const { code, message, hint, related } = problem;
  return {
    code,
    message,
    place: place(problem.span),
    hint,
    ...(related === undefined ? {} : { related: [{ message: related.message, place: place(related.span) }] }),
  };
}
