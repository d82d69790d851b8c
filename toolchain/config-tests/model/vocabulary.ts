import { type Expression, expression } from '../cel/expression.ts';
import type { Vocabulary } from '../cel/vocabulary.ts';

type Variables = Vocabulary['variables'];

const request: Variables = {
  request: ['method', 'path', 'pathAndQuery', 'headers', 'body'],
  jwt: 'any',
  metadata: 'any',
  extauthz: 'any',
};

const response: Variables = { ...request, response: ['code', 'headers'] };
const answered: Variables = { ...response, proxy: ['upstreamDuration'] };

const llm: Variables = {
  llm: [
    'streaming',
    'requestModel',
    'responseModel',
    'provider',
    'inputTokens',
    'cachedInputTokens',
    'cacheCreationInputTokens',
    'outputTokens',
    'reasoningTokens',
    'totalTokens',
    'countTokens',
    'cost',
  ],
};

/** What expressions may speak of, by when they are evaluated: all that an engine can say then, and no more. */
const phases = {
  request,
  response: answered,
  attempt: answered,
  'llm request': { ...request, llmRequest: 'any' },
  log: { ...response, ...llm },
} as const satisfies Readonly<Record<string, Variables>>;

type Phase = keyof typeof phases;

/** An identifier that a test can rely on. */
const uuid = () => '00000000-0000-4000-8000-000000000000';

export function cel(source: string, phase: Phase = 'request'): Expression {
  return expression(source, { variables: phases[phase], uuid });
}

export type Named = readonly (readonly [name: string, Expression])[];

/** In the order of the config: later ones see what earlier ones did. */
export function named(sources: Readonly<Record<string, string>> | undefined, phase: Phase = 'request'): Named {
  return Object.entries(sources ?? {}).map(([name, source]) => [name, cel(source, phase)] as const);
}
