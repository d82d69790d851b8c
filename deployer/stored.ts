import type { z } from 'zod';
import { Halt } from './failure.ts';

type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** JSON that came from outside: what was edited, cut off or written by others is a problem in words, never thrown. */
export function parseStored<T>(schema: z.ZodType<T>, text: string): Parsed<T> {
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return { value: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  return { problem: problems.join('; ') };
}

/** For what a deploy cannot go on without. */
export function storedOrHalt<T>(schema: z.ZodType<T>, key: string, text: string, fix = restore): T {
  const parsed = parseStored(schema, text);
  if ('value' in parsed) return parsed.value;
  throw new Halt(`${key} is not valid: ${parsed.problem}`, fix);
}

export const restore = 'restore an earlier version of it: the release bucket keeps them';

/** What is no JSON is undefined, which no schema takes. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
