import { github } from './render/github.ts';
import { json } from './render/json.ts';
import { junit } from './render/junit.ts';
import { markdown } from './render/markdown.ts';
import type { Renderer } from './render/renderer.ts';
import { sarif } from './render/sarif.ts';
import { text } from './render/text.ts';
import { veiling } from './render/veiling.ts';

export type { Renderer, Role } from './render/renderer.ts';

/** Every form that findings can be printed in, by name. What looks like a secret is printed in none. */
export const renderers = {
  text: veiling(text),
  json: veiling(json),
  sarif: veiling(sarif),
  github: veiling(github),
  junit: veiling(junit),
  markdown: veiling(markdown),
} as const satisfies Readonly<Record<string, Renderer>>;

export type Format = keyof typeof renderers;
