import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText, type Json } from '../../contract/canonical.ts';
import { jsonDiff } from '../../deployer/plan/json-diff.ts';

describe('the difference of two values', () => {
  test.each<[string, Json, Json, object[]]>([
    ['a leaf', { a: { b: 1 } }, { a: { b: 2 } }, [{ pointer: '/a/b', kind: 'changed', before: 1, after: 2 }]],
    ['a new member', {}, { a: [1] }, [{ pointer: '/a', kind: 'added', after: [1] }]],
    ['a lost member', { a: null }, {}, [{ pointer: '/a', kind: 'removed', before: null }]],
    ['another type', { a: [] }, { a: {} }, [{ pointer: '/a', kind: 'changed', before: [], after: {} }]],
    ['an element put in', [1, 2, 3], [1, 9, 2, 3], [{ pointer: '/1', kind: 'added', after: 9 }]],
    ['an element taken out', ['x', { a: 1 }, 'y'], ['x', 'y'], [{ pointer: '/1', kind: 'removed', before: { a: 1 } }]],
    [
      'within an element that has a name',
      [{ name: 'x', a: 1 }, { name: 'y' }],
      [{ name: 'w' }, { name: 'x', a: 3 }, { name: 'y' }],
      [
        { pointer: '/0', kind: 'added', after: { name: 'w' } },
        { pointer: '/1/a', kind: 'changed', before: 1, after: 3 },
      ],
    ],
    [
      'elements that changed places',
      [1, 2],
      [2, 1],
      [
        { pointer: '/0', kind: 'changed', before: 1, after: 2 },
        { pointer: '/1', kind: 'changed', before: 2, after: 1 },
      ],
    ],
    ['equal elements by place', [1, 1], [1], [{ pointer: '/1', kind: 'removed', before: 1 }]],
    [
      'names with separators',
      { 'a/b~c': 1 },
      { 'a/b~c': 2 },
      [{ pointer: '/a~1b~0c', kind: 'changed', before: 1, after: 2 }],
    ],
  ])('shows %s', (_what, before, after, changes) => {
    expect(jsonDiff(before, after)).toEqual(changes);
  });

  test('is empty for equal values, and only for those', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [before, after] = [a as Json, b as Json];
        expect(jsonDiff(before, structuredClone(a) as Json)).toEqual([]);
        expect(jsonDiff(before, after).length === 0).toBe(canonicalText(before) === canonicalText(after));
      }),
    );
  });
});
