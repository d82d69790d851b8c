import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../compiler/diagnostics/render/json-text.ts';

/** What acts on a terminal, reorders what is read, or is not seen. */
const unsafe = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const hostile = fc.string({
  unit: fc.constantFrom('a', '"', '\\', '\n', '\u001B', '\u0085', '\u200B', '\u202E', '\u2028', '😀'),
});

describe('JSON that is printed', () => {
  it.each([0, 2])('is the same value, and safe on a terminal, indented by %d', (indent) => {
    fc.assert(
      fc.property(fc.dictionary(hostile, fc.array(hostile)), (value) => {
        const text = jsonText(value, indent);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(unsafe);
        if (indent === 0) expect(text).not.toContain('\n');
      }),
    );
  });
});
