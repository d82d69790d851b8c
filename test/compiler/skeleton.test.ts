import { describe, expect, it } from 'vitest';
import { mixedWord, skeleton } from '../../compiler/checks/reference/confusable-name/skeleton.ts';

describe('names that look alike', () => {
  it.each([
    ['team-1', 'team-l'],
    ['IDEA', 'lDEA'],
    ['gpt-4o', 'gpt-40'],
    ['modern', 'modem'],
    ['vvest', 'west'],
    ['finance', 'fin\u0430nce'],
    ['Alpha', '\u0391lpha'],
    ['ops', '\uFF4F\uFF50\uFF53'],
    ['data', 'da\u200Bta'],
    ['a-b', 'a\u2010b'],
  ])('%s and %s', (one, other) => {
    expect(skeleton(one)).toBe(skeleton(other));
  });

  it.each([
    ['team-1', 'team-11'],
    ['claude-sonnet-4-5', 'claude-sonnet-4-1'],
    ['ml-platform', 'ml-platforms'],
    ['search', 'research'],
    ['Zürich', 'Zurich'],
    ['日本', '日木'],
  ])('but not %s and %s', (one, other) => {
    expect(skeleton(one)).not.toBe(skeleton(other));
  });
});

describe('words of two alphabets', () => {
  it('are named with both', () => {
    expect(mixedWord('the p\u0430yment team')).toEqual({ word: 'p\u0430yment', scripts: 'Latin and Cyrillic' });
  });

  it.each(['Zürich', 'Москва Team', '日本語 team', 'Δ-team', 'α β', 'naïve café'])('%s has none', (name) => {
    expect(mixedWord(name)).toBeUndefined();
  });
});
