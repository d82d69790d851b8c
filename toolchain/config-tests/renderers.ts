import { veiledData } from '../../compiler/diagnostics/secret.ts';
import { json } from './render/json.ts';
import { junit } from './render/junit.ts';
import { text } from './render/text.ts';
import type { Renderer } from './report.ts';

function veiling(render: Renderer): Renderer {
  return (report, context) => render(veiledData(report), context);
}

/** Every form that a report can be printed in, without what looks like a secret, by the name that `--format` knows. */
export const testRenderers = {
  text: veiling(text),
  json: veiling(json),
  junit: veiling(junit),
} as const satisfies Readonly<Record<string, Renderer>>;

export type TestFormat = keyof typeof testRenderers;
