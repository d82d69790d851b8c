import { RE2JS } from 're2js';
import type { Report } from '../../diagnostics/finding.ts';
import { regexOf } from '../../resolve/patterns.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** Examples are run against all patterns that are a regex, builtins too; what Bedrock would say is not known here. */
export const guardrailExample: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) yield* examplesOf(guardrail);
};

function* examplesOf(guardrail: Resource<'Guardrail'>): Iterable<Report> {
  const { patterns, bedrock, webhook, examples } = guardrail.spec;
  const sources = patterns.flatMap((pattern) => {
    const regex = regexOf(pattern);
    return regex === undefined ? [] : [{ name: pattern.name, compiled: compile(regex) }];
  });
  const regexes = sources.flatMap(({ name, compiled }) => (compiled === undefined ? [] : [{ name, compiled }]));
  if (regexes.length < sources.length) return; // guardrail/regex
  for (const [index, text] of examples.allowed.entries()) {
    const hit = regexes.find(({ compiled }) => compiled.matcher(text).find());
    if (hit === undefined) continue;
    yield {
      code: 'guardrail/example',
      message: `pattern ${hit.name} matches an example that should be allowed`,
      at: at(guardrail, 'spec', 'examples', 'allowed', index),
      hint: 'narrow the pattern, or move the example to blocked',
    };
  }
  // Something else may catch the text: only a guardrail of regexes alone can be proven to miss it.
  if (sources.length < patterns.length || bedrock !== undefined || webhook !== undefined) return;
  for (const [index, text] of examples.blocked.entries()) {
    if (regexes.some(({ compiled }) => compiled.matcher(text).find())) continue;
    yield {
      code: 'guardrail/example',
      message: 'no pattern matches an example that should be blocked',
      at: at(guardrail, 'spec', 'examples', 'blocked', index),
      hint: 'widen a pattern, or move the example to allowed',
    };
  }
}

function compile(regex: string): RE2JS | undefined {
  try {
    return RE2JS.compile(regex);
  } catch {
    return undefined;
  }
}
