import type { Risk } from '../../../contract/vocabulary.ts';
import type { Comparison } from '../change.ts';

/** What a piece of text is, for the one who colours it. */
export type DiffRole = Risk | 'place' | 'note';

export interface DiffRenderContext {
  /** Colours; without it the output is plain text. */
  readonly style?: (text: string, role: DiffRole) => string;
}

/** Pure: the same comparison and context give the same text. */
export type DiffRenderer = (comparison: Comparison, context?: DiffRenderContext) => string;
