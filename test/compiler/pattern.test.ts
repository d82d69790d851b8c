import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWildcard, matchesPattern } from '../../compiler/resolve/pattern.ts';

/** The slow and obvious way. */
function oracle(pattern: string, name: string): boolean {
  const source = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
  return new RegExp(`^${source.join('[\\s\\S]*')}$`).test(name);
}

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), maxLength: 8 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 6 });

describe('matchesPattern', () => {
  it('agrees with a regular expression', () => {
    fc.assert(
      fc.property(pattern, letters, (p, name) => matchesPattern(p, name) === oracle(p, name)),
      { numRuns: 2000 },
    );
  });

  it('finds every name that a pattern was cut from', () => {
    fc.assert(
      fc.property(fc.array(letters, { minLength: 2, maxLength: 4 }), letters, (parts, filling) =>
        matchesPattern(parts.join('*'), parts.join(filling)),
      ),
    );
  });

  it.each([
    ['a*a', 'a', false],
    ['*', '', true],
    ['a**b', 'ab', true],
    ['ab*bc', 'abc', false],
    ['A*', 'a', false],
  ])('%s, %s: %s', (p, name, expected) => {
    expect(matchesPattern(p, name)).toBe(expected);
  });

  it('stays fast on what makes a backtracking matcher slow', () => {
    expect(matchesPattern(`${'a*'.repeat(60)}b`, 'a'.repeat(5000))).toBe(false);
  });

  it('knows a wildcard', () => {
    expect([isWildcard('gpt-4o*'), isWildcard('gpt-4o')]).toEqual([true, false]);
  });
});
