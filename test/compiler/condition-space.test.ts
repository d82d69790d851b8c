import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers } from '../../compiler/checks/routing/unreachable-case/condition-space.ts';
import type { When } from '../../compiler/schema/strategy.ts';

/** Requests that differ in all that small conditions can ask for. */
const requests = [0, 1, 2].flatMap((maxTokens) =>
  [0, 1, 2].flatMap((promptCharacters) =>
    [true, false].flatMap((stream) =>
      [true, false].flatMap((tools) =>
        ['fast', 'slow', undefined].flatMap((lane) =>
          ['fast', undefined].map((tone) => ({ maxTokens, promptCharacters, stream, tools, headers: { lane, tone } })),
        ),
      ),
    ),
  ),
);
type Request = (typeof requests)[number];

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const condition: fc.Arbitrary<When> = fc
  .record({
    maxTokensOver: optional(fc.constantFrom(0, 1)),
    promptCharactersOver: optional(fc.constantFrom(0, 1)),
    stream: optional(fc.boolean()),
    tools: optional(fc.boolean()),
    header: optional(fc.record({ name: fc.constantFrom('lane', 'tone'), equals: fc.constantFrom('fast', 'slow') })),
  })
  .filter((when) => Object.values(when).some((fact) => fact !== undefined));

function matches({ maxTokensOver, promptCharactersOver, stream, tools, header }: When, request: Request): boolean {
  const value = (name: string) => (name === 'lane' ? request.headers.lane : request.headers.tone);
  return (
    (maxTokensOver === undefined || request.maxTokens > maxTokensOver) &&
    (promptCharactersOver === undefined || request.promptCharacters > promptCharactersOver) &&
    (stream === undefined || request.stream === stream) &&
    (tools === undefined || request.tools === tools) &&
    (header === undefined || value(header.name) === header.equals)
  );
}

describe('whether conditions cover another', () => {
  it('is what trying every request says', () => {
    let covered = 0;
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 5 }), fc.option(condition, { nil: undefined }), (others, later) => {
        // No header of these requests has another value than the conditions name, but for `tone: slow`.
        fc.pre(![...others, later].some((when) => when?.header?.name === 'tone' && when.header.equals === 'slow'));
        const asked = requests.filter((request) => later === undefined || matches(later, request));
        const expected = asked.every((request) => others.some((other) => matches(other, request)));
        if (expected) covered += 1;
        expect(covers(others, later)).toBe(expected);
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(covered).toBeGreaterThan(50);
  });

  it('is given up, not waited for, where it is too much to tell', () => {
    const others = Array.from(
      { length: 15 },
      (_, index): When => ({
        maxTokensOver: index + 1,
        promptCharactersOver: 20 - index,
        header: { name: `x-${index}`, equals: 'a' },
      }),
    );
    const started = performance.now();
    expect(covers(others, undefined)).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
