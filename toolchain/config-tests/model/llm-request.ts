import { isList, isObject, type Json, type JsonObject } from '../../../contract/canonical.ts';
import { settled } from '../cel/compiled.ts';
import { fromJson, parseJson, toJson } from '../cel/json.ts';
import type { Value } from '../cel/value.ts';
import type { Ai, RouteType } from './config-ai.ts';
import { evaluated } from './exchange.ts';
import type { Provider } from './providers.ts';
import { type Named, named } from './vocabulary.ts';

/** The request as a provider gets it, in the client's format, or why the gateway cannot process it. */
export type Prepared = { readonly body: JsonObject; readonly model: string } | { readonly problem: string };

/** Which format the path of a request speaks: the longest suffix that fits, else chat completions. */
export function routeTypeOf(routes: Ai['routes'], path: string): RouteType {
  const suffixes = Object.keys(routes).sort((a, b) => b.length - a.length);
  const suffix = suffixes.find((candidate) => path.endsWith(candidate));
  return (suffix === undefined ? undefined : routes[suffix]) ?? 'completions';
}

export type Prepare = (
  type: RouteType,
  provider: Provider,
  text: string,
  variables: ReadonlyMap<string, Value>,
) => Prepared;

/** Model of the provider, then overrides, then computed fields, then defaults for what is absent. */
export function preparation({ defaults, overrides, transformations }: Ai): Prepare {
  const computed = named(transformations, 'llm request');
  return (type, provider, text, variables) => {
    const parsed = settled(() => toJson(parseJson(text)));
    if (parsed.error !== undefined) return { problem: `failed to parse request: ${parsed.error.message}` };
    const { value } = parsed;
    if (!isObject(value)) return { problem: 'missing field: request must be an object' };
    const withModel = provider.model === undefined ? value : { ...value, model: provider.model };
    const body = {
      ...defaults,
      ...transformed({ ...withModel, ...overrides }, withModel, computed, variables),
    };
    const { model } = body;
    if (typeof model !== 'string') return { problem: 'missing field: model not specified' };
    const shape = shapeProblem(type, body);
    if (shape !== undefined) return { problem: `failed to parse request: ${shape}` };
    return { body: normalised(type, provider, body, model), model };
  };
}

function transformed(
  body: JsonObject,
  seen: JsonObject,
  computed: Named,
  variables: ReadonlyMap<string, Value>,
): JsonObject {
  if (computed.length === 0) return body;
  const known = new Map(variables).set('llmRequest', fromJson(seen));
  const result = new Map<string, Json>(Object.entries(body));
  for (const [field, expression] of computed) {
    const value = evaluated(expression, known);
    if (value === undefined) result.delete(field);
    else result.set(field, toJson(value));
  }
  return Object.fromEntries(result);
}

/** What the gateway itself adds for OpenAI's models, and to read the usage of a stream. */
function normalised(type: RouteType, { kind }: Provider, body: JsonObject, model: string): JsonObject {
  if (type !== 'completions') return body;
  const { max_tokens: most, ...rest } = body;
  const renamed =
    (kind === 'openAI' || kind === 'azure') && model.startsWith('gpt-') && most !== undefined && most !== null
      ? { ...rest, max_completion_tokens: rest['max_completion_tokens'] ?? most }
      : body;
  const asksForUsage = body['stream'] === true && (body['stream_options'] ?? null) === null;
  return asksForUsage ? { ...renamed, stream_options: { include_usage: true } } : renamed;
}

const booleans = ['stream'];
const numbers = ['temperature', 'top_p', 'frequency_penalty', 'presence_penalty'];
const counts = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'];

/** The gateway reads these fields as what they should be; all others it passes on unread. */
function shapeProblem(type: RouteType, body: JsonObject): string | undefined {
  if (type === 'embeddings') return body['input'] === undefined ? 'missing field `input`' : undefined;
  const wrong = [
    ...booleans.filter((name) => isWrong(body[name], (value) => typeof value === 'boolean')),
    ...numbers.filter((name) => isWrong(body[name], (value) => typeof value === 'number')),
    ...counts.filter((name) => isWrong(body[name], (value) => Number.isInteger(value) && Number(value) >= 0)),
  ];
  if (type !== 'anthropicTokenCount' && wrong.length > 0) return `invalid type of \`${wrong.join('`, `')}\``;
  if (type === 'responses') {
    const { input } = body;
    return typeof input === 'string' || isList(input) ? undefined : 'missing field `input`';
  }
  const { messages } = body;
  const areMessages = isList(messages) && messages.every((item) => isObject(item) && typeof item['role'] === 'string');
  return areMessages ? undefined : 'missing field `messages`';
}

function isWrong(value: Json | undefined, isRight: (value: Json) => boolean): boolean {
  return value !== undefined && value !== null && !isRight(value);
}
