import type { Explanation } from './explanation.ts';
import type { Style } from './text/lines.ts';

/** Pure: the same explanation and style give the same text. */
export type ExplanationRenderer = (explanation: Explanation, context?: { readonly style?: Style }) => string;
