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
  /** Where the configuration lies in its repository, for formats that a host of repositories reads; default its root. */
  readonly folder?: string;
  /** The absolute address of docs/checks.md, where it is known. */
  readonly documentation?: string;
  readonly toolVersion?: string;
}

/** Pure: the same findings and context give the same text. */
export type Renderer = (findings: readonly Finding[], context: RenderContext) => string;
