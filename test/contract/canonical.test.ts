import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, type Json } from '../../contract/canonical.ts';

/** Keys that JavaScript would reorder or take for something else are drawn often. */
const key = fc.oneof(fc.string(), fc.constantFrom('2', '10', '01', '-1', '__proto__', 'a', 'b', 'B', ''));
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.array(fc.tuple(key, tie('value'))).map((entries): Json => Object.fromEntries(entries)),
  ),
})).value;

const withoutIndent = (text: string): string => text.replaceAll(/\n +/g, '\n');

describe('the text of a value', () => {
  it('is the same whichever way it is written', () => {
    fc.assert(
      fc.property(json, (value) => {
        // Without an indent it is written by hand, with one by JSON.stringify where that can.
        expect(withoutIndent(canonicalText(value))).toBe(canonicalText(value, new Set(), ''));
      }),
    );
  });

  it('says the value again, its keys in order', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalText({ b: [], a: { '10': 1, '9': 2 } })).toBe(
      '{\n  "a": {\n    "10": 1,\n    "9": 2\n  },\n  "b": []\n}\n',
    );
  });

  it('leaves what is evaluated in order as it was built', () => {
    const inOrder = { z: { b: 1, a: 2 }, y: 1 };
    expect(Object.keys(JSON.parse(canonicalText({ b: 1, a: inOrder }, new Set<Json>([inOrder]))).a)).toEqual([
      'z',
      'y',
    ]);
    expect(canonicalText(inOrder, new Set<Json>([inOrder]))).toContain('"a": 2,\n    "b": 1');
  });

  it('escapes what YAML 1.1 would not take', () => {
    expect(canonicalText({ a: '\u0085\u2028\ufeff' })).toBe('{\n  "a": "\\u0085\\u2028\\ufeff"\n}\n');
  });
});
