import { regexOf } from '../../resolve/patterns.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import type { EnvironmentCheck, EnvironmentContext } from '../check.ts';
import { compiledRegex } from '../re2.ts';
import { type Frame, frames } from './frame-match/frames.ts';

/** A pattern that finds the frame of a request finds every request. */
export const guardrailFrameMatch: EnvironmentCheck = function* ({ model, table }) {
  for (const guardrail of model.resources.guardrails.values()) {
    const { mode, phases, patterns } = guardrail.spec;
    if (!phases.includes('request')) continue;
    const named = [...modelsUnder(guardrail, table)].map(
      (name): Frame => ({ where: 'the name of a model', texts: [name] }),
    );
    const places = [...frames, ...named];
    for (const [index, pattern] of patterns.entries()) {
      const regex = pattern.action === 'reject' || mode === 'detect' ? regexOf(pattern) : undefined;
      const found = regex === undefined ? undefined : firstMatch(compiledOnce(pattern, regex), places);
      if (found === undefined) continue;
      const outcome = mode === 'detect' ? 'counts each of them as a match' : 'refuses them all';
      yield {
        code: 'guardrail/frame-match',
        message: `pattern ${pattern.name} matches ${JSON.stringify(found.match)} in ${found.where}, and ${outcome}: the whole body is read as text`,
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

/** Environments, and trees that differ elsewhere, share their patterns. */
const compiledPatterns = new WeakMap<object, ReturnType<typeof compiledRegex>>();

function compiledOnce(pattern: object, regex: string): ReturnType<typeof compiledRegex> {
  if (!compiledPatterns.has(pattern)) compiledPatterns.set(pattern, compiledRegex(regex));
  return compiledPatterns.get(pattern);
}

function firstMatch(
  compiled: ReturnType<typeof compiledRegex>,
  places: readonly Frame[],
): { match: string; where: string } | undefined {
  // What matches everything is told by guardrail/regex.
  if (compiled === undefined || compiled.matcher('').find()) return undefined;
  for (const { where, texts } of places) {
    const matches = texts.flatMap((text) => {
      const matcher = compiled.matcher(text);
      return matcher.find() ? [matcher.group() ?? ''] : [];
    });
    const [match] = matches;
    if (match !== undefined && matches.length === texts.length) return { match, where };
  }
  return undefined;
}
