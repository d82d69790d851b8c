import type { Finding, Severity } from '../finding.ts';

/** What a piece of text is, for the one who colours it. */
export type Role = Severity | 'place' | 'frame' | 'hint';

export interface RenderContext {
  /** How many files were checked. */
  readonly files: number;
  /** The text of a file, for code frames; a file that is not at hand is shown without one. */
  readonly sourceOf: (file: string) => string | undefined;
  /** Colours; without it the output is plain text. */
  readonly style?: (text: string, role: Role) => string;
}

/** Pure: the same findings and context give the same text. */
export type Renderer = (findings: readonly Finding[], context: RenderContext) => string;
