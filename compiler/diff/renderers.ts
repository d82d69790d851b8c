import { veiledData } from '../diagnostics/secret.ts';
import { json } from './render/json.ts';
import { markdown } from './render/markdown.ts';
import type { DiffRenderer } from './render/renderer.ts';
import { text } from './render/text.ts';

export type { DiffRenderer, DiffRole } from './render/renderer.ts';

/** Commits are named by digests, which stay. */
function veiling(render: DiffRenderer): DiffRenderer {
  return ({ changes, notes, ...rest }, context) =>
    render({ ...rest, changes: veiledData(changes), notes: veiledData(notes) }, context);
}

/** Every form that a diff can be printed in. What looks like a secret is printed in none. */
export const diffRenderers = {
  text: veiling(text),
  json: veiling(json),
  markdown: veiling(markdown),
} as const satisfies Readonly<Record<string, DiffRenderer>>;

export type DiffFormat = keyof typeof diffRenderers;
