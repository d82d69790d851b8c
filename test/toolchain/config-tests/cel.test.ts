import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { expression } from '../../../toolchain/config-tests/cel/expression.ts';
import { Failure, Unknown } from '../../../toolchain/config-tests/cel/failure.ts';
import { kept, toJsonText } from '../../../toolchain/config-tests/cel/json.ts';
import { Headers, type Key, type Value } from '../../../toolchain/config-tests/cel/value.ts';
import type { Vocabulary } from '../../../toolchain/config-tests/cel/vocabulary.ts';

/** Expressions in a direct response of the real gateway (v1.4.1), with what it answered; null: no value. */
interface Seen {
  readonly body: string;
  readonly expressions: readonly { readonly cel: string; readonly value: string | null }[];
}

const seen = JSON.parse(readFileSync(new URL('cel-seen.json', import.meta.url), 'utf8')) as Seen;

const vocabulary: Vocabulary = {
  variables: { request: ['method', 'path', 'headers', 'body', 'nothing'], metadata: 'any', jwt: 'any', llm: ['cost'] },
  uuid: () => 'made-up',
};

function evaluate(cel: string, variables: ReadonlyMap<string, Value> = new Map()): Value {
  return expression(cel, vocabulary).evaluate(variables);
}

function variables(path: string): Map<string, Value> {
  const request = new Map<Key, Value>([
    ['method', 'POST'],
    ['path', path],
    ['headers', new Headers([['x-a', 'A']])],
    ['body', Buffer.from(seen.body)],
  ]);
  const metadata = new Map<Key, Value>();
  for (const [name, cel] of Object.entries({ five: '5', neg: '-5', list: '[1, 2.5]', bytes: 'bytes("ab")' })) {
    metadata.set(name, kept(evaluate(cel)));
  }
  return new Map<string, Value>([
    ['request', request],
    ['metadata', metadata],
  ]);
}

function text(cel: string, known: ReadonlyMap<string, Value>): string | null {
  try {
    return toJsonText(evaluate(cel, known));
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

describe('expressions', () => {
  test.each(seen.expressions.map(({ cel, value }, index) => ({ cel, value, index })))(
    'have the value that the gateway gave: $cel',
    ({ cel, value, index }) => {
      expect(text(cel, variables(`/e${index}`))).toBe(value);
    },
  );

  test.each([
    ['a function that is not known', 'sha256("a")', 'sha256'],
    ['a method that is not known', '"a".reverse()', 'reverse'],
    ['a variable that is not known', 'extauthz.x', 'extauthz'],
    ['a field that the gateway does not have', 'request.payload', 'request.payload'],
    ['wrong syntax', '1 +', 'no expression'],
    ['a number of arguments that is wrong', 'toJson(1, 2)', 'toJson'],
  ])('are refused with %s, also where an error would be caught', (_, cel, name) => {
    expect(() => expression(`coalesce(${cel}, "")`, vocabulary)).toThrow(Unknown);
    expect(() => expression(`coalesce(${cel}, "")`, vocabulary)).toThrow(name);
  });

  test('take their identifiers from outside', () => {
    expect(evaluate('uuid()')).toBe('made-up');
  });

  test('with a table of 50 000 rows are read in a moment, and the table is not built again', () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => `"k${row}":"{\\"id\\":\\"t${row}\\"}"`);
    const started = performance.now();
    const table = expression(`coalesce(json({${rows.join(',')}}[metadata.key]).id, "")`, vocabulary);
    expect(performance.now() - started).toBeLessThan(5000);
    const known = new Map<string, Value>([['metadata', new Map([['key', 'k49999']])]]);
    const looked = performance.now();
    for (let time = 0; time < 1000; time++) expect(table.evaluate(known)).toBe('t49999');
    expect(performance.now() - looked).toBeLessThan(1000);
  });
});
