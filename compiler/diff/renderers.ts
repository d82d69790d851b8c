import { json } from './render/json.ts';
import { markdown } from './render/markdown.ts';
import type { DiffRenderer } from './render/renderer.ts';
import { text } from './render/text.ts';

export type { DiffRenderer, DiffRole } from './render/renderer.ts';

/** Every form that a diff can be printed in. */
export const diffRenderers = { text, json, markdown } as const satisfies Readonly<Record<string, DiffRenderer>>;

export type DiffFormat = keyof typeof diffRenderers;
