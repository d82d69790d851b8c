import { describe, expect, it } from 'vitest';
import { closeOnes, closest } from '../../compiler/diagnostics/suggest.ts';

describe('closest', () => {
  it.each([
    ['teir', ['tier', 'their-own', 'routing'], 'tier'],
    ['monthly_usd', ['monthlyUsd', 'models'], 'monthlyUsd'],
    ['Display-Name', ['displayName'], 'displayName'],
    ['claude-sonet', ['claude-haiku', 'claude-sonnet'], 'claude-sonnet'],
    ['requests', ['requestsPerMinute'], 'requestsPerMinute'],
    ['standrad', ['sandbox', 'standard'], 'standard'],
  ])('%s among %j is %s', (word, candidates, meant) => {
    expect(closest(word, candidates)).toBe(meant);
  });

  it.each([
    ['colour', ['tier', 'routing', 'budget']],
    ['a', ['b', 'c']],
    ['', ['a']],
    ['tier', ['tier']],
    ['x'.repeat(5000), ['tier']],
  ])('%s is none of %j', (word, candidates) => {
    expect(closest(word, candidates)).toBeUndefined();
  });
});

describe('closeOnes', () => {
  it.each([
    ['teir', ['tier', 'routing'], ['tier']],
    ['cache_read', ['cacheRead', 'cacheWrite'], ['cacheRead']],
    ['monthlyUds', ['monthlyUsd'], ['monthlyUsd']],
    // Two that could be meant, a word that is too short to tell, and a beginning.
    ['coste', ['costs', 'costa'], ['costs', 'costa']],
    ['in', ['on'], []],
    ['requests', ['requestsPerMinute'], []],
  ])('%s among %j is %j', (word, candidates, close) => {
    expect(closeOnes(word, candidates)).toEqual(close);
  });
});
