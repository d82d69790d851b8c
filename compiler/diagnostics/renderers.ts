import { json } from './render/json.ts';
import type { Renderer } from './render/renderer.ts';
import { text } from './render/text.ts';

export type { Renderer, Role } from './render/renderer.ts';

/** Every form that findings can be printed in, by the name that `--format` knows. */
export const renderers = { text, json } as const satisfies Readonly<Record<string, Renderer>>;

export type Format = keyof typeof renderers;
