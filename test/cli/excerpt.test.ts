import { describe, expect, it } from 'vitest';
import { excerpt, excerpts } from '../../cli/excerpt.ts';

describe('two long values on one line', () => {
  const expression = (limit: string) => `${'a && '.repeat(40)}tokens < ${limit}${' && b'.repeat(40)}`;

  it('are shown around what differs', () => {
    const [before, after] = excerpts(expression('100'), expression('250'));
    expect(before).toContain('tokens < 100');
    expect(after).toContain('tokens < 250');
    expect([before.length, after.length]).toEqual([80, 80]);
    expect([before[0], before.at(-1), after[0], after.at(-1)]).toEqual(['…', '…', '…', '…']);
  });

  it('begin where they begin when the difference is in sight from there', () => {
    const [before, after] = excerpts(`x${'a'.repeat(200)}`, `y${'a'.repeat(200)}`);
    expect([before.slice(0, 3), after.slice(0, 3)]).toEqual(['"xa', '"ya']);
  });

  it('show the end of the one that the other goes on from', () => {
    const text = 'a'.repeat(200);
    const [before, after] = excerpts(text, `${text} || b`);
    expect(before.endsWith('a"')).toBe(true);
    expect(after.endsWith('a || b"')).toBe(true);
  });

  it('are whole when they are short', () => {
    expect(excerpts(1, { a: true })).toEqual(['1', '{"a":true}']);
    expect(excerpt('b')).toBe('"b"');
  });
});
