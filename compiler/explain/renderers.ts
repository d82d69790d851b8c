import { jsonText } from '../diagnostics/render/json-text.ts';
import { veiledData } from '../diagnostics/secret.ts';
import type { ExplanationRenderer } from './renderer.ts';
import { text } from './text/text.ts';

export type { Role as ExplanationRole } from './text/branch.ts';

const json: ExplanationRenderer = (explanation) => `${jsonText(explanation)}\n`;

function veiling(render: ExplanationRenderer): ExplanationRenderer {
  return (explanation, context) => render(veiledData(explanation), context);
}

/** Every form that an explanation can be printed in. What looks like a secret is printed in none. The JSON is described by `explanationSchema`. */
export const explanationRenderers = {
  text: veiling(text),
  json: veiling(json),
} as const satisfies Readonly<Record<string, ExplanationRenderer>>;

export type ExplanationFormat = keyof typeof explanationRenderers;
