import type { Report } from '../../diagnostics/finding.ts';
import { regexOf } from '../../resolve/patterns.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { compiledRegex } from '../re2.ts';

type Guardrail = Resource<'Guardrail'>;

/**
 * Examples are run against what can be run here: patterns that are a regex, builtins too, and Bedrock's list of phrases.
 * What a topic, a filter or a webhook would say is not known, so that no example can rest on it.
 */
export const guardrailExample: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) yield* examplesOf(guardrail);
};

/** In detect mode a text is met where it stands in the body, in quotes; a guard reads it alone. */
function asRead(text: string, mode: Guardrail['spec']['mode']): string {
  return mode === 'detect' ? `"${text}"` : text;
}

function* examplesOf(guardrail: Guardrail): Iterable<Report> {
  const { mode, patterns, bedrock, examples } = guardrail.spec;
  const sources = patterns.flatMap((pattern) => {
    const regex = regexOf(pattern);
    return regex === undefined ? [] : [{ name: pattern.name, compiled: compiledRegex(regex) }];
  });
  const regexes = sources.flatMap(({ name, compiled }) => (compiled === undefined ? [] : [{ name, compiled }]));
  if (regexes.length < sources.length) return; // guardrail/regex
  for (const [index, text] of examples.allowed.entries()) {
    const hit = regexes.find(({ compiled }) => compiled.matcher(asRead(text, mode)).find());
    if (hit === undefined) continue;
    yield {
      code: 'guardrail/example',
      message: `pattern ${hit.name} matches an example that should be allowed`,
      at: at(guardrail, 'spec', 'examples', 'allowed', index),
      hint: 'narrow the pattern, or move the example to blocked',
    };
  }
  if (sources.length < patterns.length) return; // A builtin that only the gateway knows may catch the text.
  const phrases = (bedrock?.words.list ?? []).map((phrase) => phrase.toLowerCase());
  for (const [index, text] of examples.blocked.entries()) {
    if (regexes.some(({ compiled }) => compiled.matcher(asRead(text, mode)).find())) continue;
    if (phrases.some((phrase) => text.toLowerCase().includes(phrase))) continue;
    yield {
      code: 'guardrail/example',
      message: 'no pattern matches an example that should be blocked',
      at: at(guardrail, 'spec', 'examples', 'blocked', index),
      hint: 'widen a pattern, or move the example: to allowed, or to the topic of Bedrock that should catch it',
    };
  }
}
