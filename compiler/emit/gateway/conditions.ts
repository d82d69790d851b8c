import type { DecisionTable, When } from '../../../contract/artifacts/decision-table.ts';
import { byCodeUnit, digest, sortedKeys } from '../../../contract/canonical.ts';
import { type Cel, literal } from './cel.ts';
import { served } from './decision.ts';

/**
 * The header that says whether all facts of a condition hold. One header for a whole condition: routes of one rule then
 * differ by their names alone, `-00` before `-01`, and the first case that matches wins.
 */
export function conditionHeader(when: When): string {
  return `x-gw-when-${digest(canonical(when)).slice(0, 10)}`;
}

/** Headers of all conditions with the expression of each, in order of name. */
export function conditionHeaders(table: DecisionTable): [string, Cel][] {
  const headers = new Map<string, Cel>();
  for (const id of sortedKeys(table.rules)) {
    for (const { when } of table.rules[id]?.cases ?? [])
      if (when !== null) headers.set(conditionHeader(when), holds(when));
  }
  return [...headers].sort(([a], [b]) => byCodeUnit(a, b));
}

function canonical(when: When): string {
  return JSON.stringify([
    when.maxTokensOver ?? null,
    when.promptCharactersOver ?? null,
    when.stream ?? null,
    when.tools ?? null,
    when.header === undefined ? null : [when.header.name, when.header.equals],
  ]);
}

/** A fact that the body does not state does not hold. */
function holds(when: When): Cel {
  const facts = [
    when.maxTokensOver === undefined ? [] : [fact(`int(${maxTokens}) > ${when.maxTokensOver}`, true)],
    when.promptCharactersOver === undefined ? [] : [fact(promptIsLongerThan(when.promptCharactersOver), true)],
    when.stream === undefined ? [] : [fact('json(request.body).stream == true', when.stream)],
    when.tools === undefined ? [] : [fact('size(json(request.body).tools) > 0', when.tools)],
    when.header === undefined ? [] : [headerFact(when.header)],
  ].flat();
  // Only for requests that the table lets through: a denial must not cost a look at the body.
  return `${served} && ${facts.join(' && ')} ? "1" : "0"`;
}

function fact(expression: Cel, expected: boolean): Cel {
  return `${expected ? '' : '!'}coalesce(${expression}, false)`;
}

function headerFact({ name, equals }: NonNullable<When['header']>): Cel {
  return fact(`request.headers[${literal(name)}] == ${literal(equals)}`, true);
}

/** Chat clients have two names for it, the newer one first, as providers take them. */
const maxTokens: Cel = [
  'request.path == "/v1/chat/completions"',
  '? coalesce(json(request.body).max_completion_tokens, json(request.body).max_tokens)',
  ': request.path == "/v1/responses" ? json(request.body).max_output_tokens : json(request.body).max_tokens',
].join(' ');

/**
 * The prompt as the JSON text of the fields that hold it. Texts are not taken out of their messages: the gateway needs
 * quadratic time to go through a list, and a request with many messages would stall it.
 */
const prompt: Cel = ['messages', 'system', 'input', 'instructions']
  .map((name) => `coalesce(toJson(json(request.body).${name}), "")`)
  .join(' + ');

/** `size` counts bytes; a character exists at an index where the text is longer than it. */
function promptIsLongerThan(characters: number): Cel {
  return `(${prompt}).charAt(${characters}) != ""`;
}
