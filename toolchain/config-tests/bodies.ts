import type { ConfigTestCase } from '../../compiler/schema/config-test.ts';
import type { Json, JsonObject } from '../../contract/canonical.ts';

type Given = ConfigTestCase['given'];
type Facts = NonNullable<Given['body']>;
type Fact = keyof Facts;

type Body = { readonly text: string | undefined } | { readonly problem: string };

const question = 'What does the gateway do?';

const tool = {
  name: 'look_up_order',
  description: 'Looks up an order by its number.',
  parameters: { type: 'object', properties: { order: { type: 'string' } }, required: ['order'] },
} as const;

interface Format {
  /** Facts that a body of this path has no field for. */
  readonly without: readonly Fact[];
  readonly fields: (facts: Facts, text: string) => JsonObject;
}

const chat: Format = {
  without: [],
  fields: ({ system, maxTokens, stream, tools }, text) => ({
    messages: [...(system === undefined ? [] : [{ role: 'system', content: system }]), { role: 'user', content: text }],
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(stream === undefined ? {} : { stream }),
    ...(tools === true ? { tools: [{ type: 'function', function: tool }] } : {}),
  }),
};

const tokenCount: Format = {
  without: ['maxTokens', 'stream'],
  fields: ({ system, tools }, text) => ({
    ...(system === undefined ? {} : { system }),
    messages: [{ role: 'user', content: text }],
    ...(tools === true
      ? { tools: [{ name: tool.name, description: tool.description, input_schema: tool.parameters }] }
      : {}),
  }),
};

/** How clients of each path write the facts of a case. A path that is none is asked as chat clients ask. */
const formats: Readonly<Record<string, Format>> = {
  '/v1/chat/completions': chat,
  '/v1/messages': {
    without: [],
    // The one path where a request without a limit is none.
    fields: (facts, text) => ({
      ...tokenCount.fields(facts, text),
      max_tokens: facts.maxTokens ?? 1024,
      ...(facts.stream === undefined ? {} : { stream: facts.stream }),
    }),
  },
  '/v1/messages/count_tokens': tokenCount,
  '/v1/responses': {
    without: [],
    fields: ({ system, maxTokens, stream, tools }, text) => ({
      ...(system === undefined ? {} : { instructions: system }),
      input: text,
      ...(maxTokens === undefined ? {} : { max_output_tokens: maxTokens }),
      ...(stream === undefined ? {} : { stream }),
      ...(tools === true ? { tools: [{ type: 'function', ...tool }] } : {}),
    }),
  },
  '/v1/embeddings': {
    without: ['system', 'maxTokens', 'stream', 'tools'],
    fields: (_facts, text) => ({ input: text }),
  },
};

/** The bytes that a client sends. A GET has none unless they are written out. */
export function bodyOf(given: Given, method: 'GET' | 'POST'): Body {
  const facts = given.body ?? {};
  if (facts.raw !== undefined) return { text: facts.raw };
  if (method === 'GET') {
    return given.body === undefined ? { text: undefined } : { problem: 'a GET has no body: only raw can give it one' };
  }
  const format = formats[given.path.split('?')[0] ?? ''] ?? chat;
  const foreign = format.without.filter((fact) => facts[fact] !== undefined);
  if (foreign.length > 0) return { problem: `a request to ${given.path} has no ${foreign.join(', no ')}` };
  const write = (text: string) =>
    JSON.stringify({
      ...(given.model === undefined ? {} : { model: given.model }),
      ...format.fields(facts, text),
      ...(facts.fields as Readonly<Record<string, Json>> | undefined),
    });
  return padded(write, facts.text ?? question, facts.padToBytes);
}

function padded(write: (text: string) => string, text: string, size: number | undefined): Body {
  const body = write(text);
  if (size === undefined) return { text: body };
  const bytes = new TextEncoder().encode(body).length;
  if (bytes > size) return { problem: `the body has ${bytes} bytes already: it cannot be filled up to ${size}` };
  return { text: write(text + 'x'.repeat(size - bytes)) };
}
