import { isObject, type Json } from '../../../contract/canonical.ts';
import type { World } from '../engine.ts';
import { type Arrived, json, type Listening, listen, type Reaction, react } from '../loopback.ts';
import { messages, tokenCount } from './anthropic.ts';
import { bedrockTokenCount, converse, converseStream, invokeModel } from './bedrock.ts';
import type { Format } from './format.ts';
import { generateContent, googleChat, predict, streamGenerateContent } from './google.ts';
import { chatCompletions, embeddings, responses } from './openai.ts';

/** The first whose path matches speaks: the special ones before the general ones. */
export const formats: readonly Format[] = [
  googleChat,
  generateContent,
  streamGenerateContent,
  predict,
  converse,
  converseStream,
  invokeModel,
  bedrockTokenCount,
  tokenCount,
  messages,
  chatCompletions,
  responses,
  embeddings,
];

/** One request that reached a provider resource. */
export interface RecordedCall {
  readonly provider: string;
  readonly path: string;
  readonly model: string;
  readonly body: Json;
}

/** What a provider resource does with a request in this world. */
function answerAsProvider(
  provider: string,
  { path, body }: Arrived,
  world: World,
  record: (call: RecordedCall) => void,
): Reaction {
  const [pathname = ''] = path.split('?');
  const parsed = parse(body);
  const asked = isObject(parsed) ? parsed : {};
  const format = formats.find((candidate) => candidate.path.test(pathname));
  const inPath = format?.path.exec(pathname)?.groups?.['model'];
  const inBody = typeof asked['model'] === 'string' ? asked['model'] : '';
  const model = inPath === undefined ? inBody : decodeURIComponent(inPath);
  record({ provider, path, model, body: parsed });
  if (format === undefined) return json(404, { error: { message: `no provider serves ${pathname}` } });
  const behaviour = world.providers[provider] ?? 'ok';
  return react(behaviour, () => format.answer({ model, body: asked }, world.answer), format.refuse);
}

/** A mock server for each provider resource, so that the port tells who was called. */
export async function serveProviders(
  resources: readonly string[],
  world: () => World,
  record: (call: RecordedCall) => void,
): Promise<ReadonlyMap<string, Listening>> {
  const servers = await Promise.all(
    resources.map(async (name) => {
      return [name, await listen((arrived) => answerAsProvider(name, arrived, world(), record))] as const;
    }),
  );
  return new Map(servers);
}

function parse(body: Buffer): Json {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
