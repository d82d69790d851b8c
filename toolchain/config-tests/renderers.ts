import { json } from './render/json.ts';
import { junit } from './render/junit.ts';
import { text } from './render/text.ts';
import type { Renderer } from './report.ts';

/** Every form that a report can be printed in, by the name that `--format` knows. */
export const testRenderers = { text, json, junit } as const satisfies Readonly<Record<string, Renderer>>;

export type TestFormat = keyof typeof testRenderers;
