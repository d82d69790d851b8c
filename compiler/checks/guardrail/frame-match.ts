import { RE2JS } from 're2js';
import { regexOf } from '../../resolve/patterns.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import type { EnvironmentCheck, EnvironmentContext } from '../check.ts';

/** What stands in a request whatever is asked: patterns that reject or detect read the whole body as text. */
const frames: readonly string[] = [
  '{"max_tokens":1024,"messages":[{"content":"","role":"user"},{"content":"","role":"assistant"}],"model":""}',
  '{"model":"","messages":[{"role":"user","content":[{"type":"text","text":""}]}],"stream":true}',
  '{"input":"","model":""}',
  '{"model":"","input":[{"type":"message","role":"user","content":""}]}',
];

/** A pattern that finds the frame of a request finds every request. */
export const guardrailFrameMatch: EnvironmentCheck = function* ({ model, table }) {
  for (const guardrail of model.resources.guardrails.values()) {
    const { mode, phases, patterns } = guardrail.spec;
    if (!phases.includes('request')) continue;
    const texts = [...frames, ...modelsUnder(guardrail, table)];
    for (const [index, pattern] of patterns.entries()) {
      const regex = pattern.action === 'reject' || mode === 'detect' ? regexOf(pattern) : undefined;
      const found = regex === undefined ? undefined : firstMatch(regex, texts);
      if (found === undefined) continue;
      const outcome = mode === 'detect' ? 'counts each of them as a match' : 'refuses them all';
      yield {
        code: 'guardrail/frame-match',
        message: `pattern ${pattern.name} matches ${JSON.stringify(found.match)} in ${found.isFrame ? 'the frame of every request' : 'the name of a model'}, and ${outcome}: the whole body is read as text`,
        at: at(guardrail, 'spec', 'patterns', index, ...(pattern.regex === undefined ? ['builtin'] : ['regex'])),
        hint: 'look for more than this word, such as what stands around it in a text',
      };
    }
  }
};

function modelsUnder({ name }: Resource<'Guardrail'>, { data }: EnvironmentContext['table']): ReadonlySet<string> {
  const classes = Object.values(data.classes).filter(({ guardrails }) => guardrails.includes(name));
  return new Set(classes.flatMap(({ models }) => Object.keys(models)));
}

function firstMatch(regex: string, texts: readonly string[]): { match: string; isFrame: boolean } | undefined {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(regex);
    // What matches everything is told by guardrail/regex.
    if (compiled.matcher('').find()) return undefined;
  } catch {
    return undefined;
  }
  for (const text of texts) {
    const matcher = compiled.matcher(text);
    if (matcher.find()) return { match: matcher.group() ?? '', isFrame: frames.includes(text) };
  }
  return undefined;
}
