import type { Rule, When } from '../../contract/artifacts/decision-table.ts';
import type { Json } from '../../contract/canonical.ts';
import type { TestRequest } from './engine.ts';
import { isObject } from './observed.ts';

/** Index of the case of a rule that takes a request, read from the table alone: coverage counts by it. */
export function caseOf(rule: Rule, request: TestRequest): number {
  return rule.cases.findIndex(({ when }) => when === null || holds(when, request));
}

function holds(when: When, { path, headers, body }: TestRequest): boolean {
  const fields = fieldsOf(body);
  const { maxTokensOver, promptCharactersOver, stream, tools, header } = when;
  return (
    (maxTokensOver === undefined || maxTokens(path, fields) > maxTokensOver) &&
    (promptCharactersOver === undefined || promptCharacters(fields) > promptCharactersOver) &&
    (stream === undefined || (fields['stream'] === true) === stream) &&
    (tools === undefined || (Array.isArray(fields['tools']) && fields['tools'].length > 0) === tools) &&
    (header === undefined || headers[header.name] === header.equals)
  );
}

type Fields = Readonly<Record<string, Json>>;

function fieldsOf(body: string | undefined): Fields {
  try {
    const value = JSON.parse(body ?? '{}') as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function maxTokens(path: string, fields: Fields): number {
  if (path === '/v1/responses') return Number(fields['max_output_tokens'] ?? 0);
  const newer = path === '/v1/chat/completions' ? fields['max_completion_tokens'] : undefined;
  return Number(newer ?? fields['max_tokens'] ?? 0);
}

function promptCharacters(fields: Fields): number {
  const texts = ['messages', 'system', 'input', 'instructions'].map((name) => fields[name]);
  return texts.reduce<number>((sum, value) => sum + (value === undefined ? 0 : JSON.stringify(value).length), 0);
}
