import { describe, expect, test } from 'vitest';
import { settled } from '../../../toolchain/config-tests/cel/compiled.ts';
import { expression } from '../../../toolchain/config-tests/cel/expression.ts';
import { Failure, Unknown } from '../../../toolchain/config-tests/cel/failure.ts';
import { kept, toJsonText } from '../../../toolchain/config-tests/cel/json.ts';
import { Headers, type Key, type Value } from '../../../toolchain/config-tests/cel/value.ts';
import type { Vocabulary } from '../../../toolchain/config-tests/cel/vocabulary.ts';
import { metadata as given, seen } from './cel-seen.ts';

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
  for (const [name, cel] of Object.entries(given)) {
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

  test('fail where the gateway has no value, and break where the interpreter is wrong', () => {
    const wrong = () => (undefined as unknown as { readonly x: number }).x;
    expect(() => settled(wrong)).toThrow(TypeError);
    expect(() => settled(() => evaluate('sha256("a")'))).toThrow(Unknown);
    expect(settled(() => evaluate('fail("no")')).error).toBeInstanceOf(Failure);
  });

  test('take their identifiers from outside', () => {
    expect(evaluate('uuid()')).toBe('made-up');
  });

  test('look into a table of 50 000 rows', () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => `"k${row}":"{\\"id\\":\\"t${row}\\"}"`);
    const table = expression(`coalesce(json({${rows.join(',')}}[metadata.key]).id, "")`, vocabulary);
    const known = new Map<string, Value>([['metadata', new Map([['key', 'k49999']])]]);
    expect(table.evaluate(known)).toBe('t49999');
  });
});
