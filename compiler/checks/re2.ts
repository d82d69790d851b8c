import { RE2JS } from 're2js';

/** undefined: it is no regex, which guardrail/regex tells. */
export function compiledRegex(regex: string): RE2JS | undefined {
  try {
    return RE2JS.compile(regex);
  } catch {
    return undefined;
  }
}
