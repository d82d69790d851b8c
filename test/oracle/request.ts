import type { When } from '../../compiler/schema/strategy.ts';
import type { TestRequest } from '../../toolchain/config-tests/engine.ts';

/** What a request's body states; of a body that is no JSON object, nothing. */
export interface Facts {
  /** Empty where there is no string. */
  readonly model: string;
  readonly stream: boolean;
  /** Every text of the prompt that guards read. */
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function bodySize({ body }: TestRequest): number {
  return new TextEncoder().encode(body ?? '').length;
}

export function factsOf({ body }: TestRequest): Facts {
  const fields = objectIn(body ?? '');
  return {
    model: typeof fields['model'] === 'string' ? fields['model'] : '',
    stream: fields['stream'] === true,
    text: JSON.stringify(['messages', 'system', 'input', 'instructions'].map((name) => fields[name])),
    fields,
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** All facts that the condition names hold; what a body does not state does not hold. */
export function holds(when: When, { path, headers }: TestRequest, { fields, stream }: Facts): boolean {
  const tools = fields['tools'];
  const tokens = maxTokens(path.split('?')[0] ?? '', fields);
  return (
    (when.maxTokensOver === undefined || (typeof tokens === 'number' && tokens > when.maxTokensOver)) &&
    (when.promptCharactersOver === undefined || promptCharacters(fields) > when.promptCharactersOver) &&
    (when.stream === undefined || when.stream === stream) &&
    (when.tools === undefined || when.tools === (Array.isArray(tools) && tools.length > 0)) &&
    (when.header === undefined || headers[when.header.name] === when.header.equals)
  );
}

function maxTokens(path: string, fields: Facts['fields']): unknown {
  if (path === '/v1/chat/completions') return fields['max_completion_tokens'] ?? fields['max_tokens'];
  return path === '/v1/responses' ? fields['max_output_tokens'] : fields['max_tokens'];
}

/** As JSON text, of everything that the model reads. */
function promptCharacters(fields: Facts['fields']): number {
  const texts = ['messages', 'system', 'input', 'instructions'].map((name) => fields[name]);
  return texts.reduce<number>((sum, value) => sum + (value === undefined ? 0 : [...JSON.stringify(value)].length), 0);
}
