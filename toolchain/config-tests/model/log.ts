import type { Json } from '../../../contract/canonical.ts';
import { toJson } from '../cel/json.ts';
import { type Key, Uint, type Value } from '../cel/value.ts';
import { mockUsage, type Observation } from '../engine.ts';
import type { LlmUse } from './attempt.ts';
import type { GatewayConfig } from './config.ts';
import type { CostOf } from './cost.ts';
import { type Answer, type Exchange, evaluated, headersOf, responseOf } from './exchange.ts';
import { named } from './vocabulary.ts';

type AccessLog = (exchange: Exchange, answer: Answer, use: LlmUse | undefined) => Observation['log'];

/** The fields that the config adds to the access log. What has no value, or none but null, is left out. */
export function accessLog(config: GatewayConfig, costOf: CostOf): AccessLog {
  const fields = named(config.frontendPolicies.accessLog.add, 'log');
  return (exchange, answer, use) => {
    const variables = new Map(exchange.variables);
    variables.set('response', responseOf(answer.status, headersOf(answer)));
    if (use !== undefined) variables.set('llm', llmOf(use, costOf));
    const entries = fields.flatMap(([name, expression]): [string, Json][] => {
      const value = evaluated(expression, variables);
      return value === undefined || value === null ? [] : [[name, toJson(value)]];
    });
    return Object.fromEntries(entries);
  };
}

function llmOf(use: LlmUse, costOf: CostOf): Value {
  const { provider, model, streaming } = use.call;
  const counted = countsOf(use);
  const cost = costOf(provider.name, model, { inputTokens: counted.input ?? 0, outputTokens: counted.output ?? 0 });
  const known: readonly (readonly [string, Value | undefined])[] = [
    ['streaming', streaming],
    ['requestModel', model],
    ['responseModel', namesItsModel(use) ? model : undefined],
    ['provider', provider.name],
    ['inputTokens', count(counted.input)],
    ['outputTokens', count(counted.output)],
    ['totalTokens', count(counted.total)],
    ['cachedInputTokens', count(counted.cacheRead)],
    ['cacheCreationInputTokens', count(counted.cacheWrite)],
    ['reasoningTokens', count(counted.reasoning)],
    ['countTokens', count(counted.counted)],
    ['cost', cost === undefined ? undefined : new Map<Key, Value>([['total', cost]])],
  ];
  return new Map<Key, Value>(known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Neither a stream of Bedrock nor a count of tokens says which model it is from. */
function namesItsModel({ call: { wire, type, streaming }, tokens }: LlmUse): boolean {
  return tokens !== 'uncounted' && !(wire === 'converse' && streaming) && type !== 'anthropicTokenCount';
}

interface Counted {
  readonly input?: number;
  readonly output?: number;
  readonly total?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly reasoning?: number;
  readonly counted?: number;
}

function countsOf({ call: { type, wire, streaming }, tokens }: LlmUse): Counted {
  const { inputTokens, outputTokens } = mockUsage;
  // Anthropic's streams begin with the count of the input, and of one token of output.
  if (tokens === 'begun' && wire === 'messages') return { input: inputTokens, output: 1, cacheRead: 0, cacheWrite: 0 };
  if (tokens !== 'counted') return {};
  if (type === 'anthropicTokenCount') return { counted: inputTokens };
  if (type === 'embeddings') return { input: inputTokens, total: inputTokens };
  const chat = { input: inputTokens, output: outputTokens, total: inputTokens + outputTokens };
  if (wire === 'messages') return { ...chat, cacheRead: 0, cacheWrite: 0 };
  // The format of responses always has these, so a translation adds them; in a stream it does not.
  return type === 'responses' && (wire === 'responses' || !streaming) ? { ...chat, cacheRead: 0, reasoning: 0 } : chat;
}

function count(value: number | undefined): Value | undefined {
  return value === undefined ? undefined : new Uint(BigInt(value));
}
