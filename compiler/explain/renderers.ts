import type { ExplanationRenderer } from './renderer.ts';
import { text } from './text/text.ts';

export type { Role as ExplanationRole } from './text/branch.ts';

const json: ExplanationRenderer = (explanation) => `${JSON.stringify(explanation, null, 2)}\n`;

/** Every form that an explanation can be printed in. The JSON is described by `explanationSchema`. */
export const explanationRenderers = { text, json } as const satisfies Readonly<Record<string, ExplanationRenderer>>;

export type ExplanationFormat = keyof typeof explanationRenderers;
