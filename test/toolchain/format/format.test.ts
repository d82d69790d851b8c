import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Formatted, format } from '../../../toolchain/format/format.ts';
import { filesIn, repository } from '../../compiler/project.ts';
import { yamlText } from './yaml-text.ts';

const encoder = new TextEncoder();

function formatted(text: string, path = 'tenants/a.yaml'): Formatted {
  return format({ path, content: encoder.encode(text) });
}

/** The text that a file without mistakes is given. */
function result(text: string, path?: string): string {
  const outcome = formatted(text, path);
  return outcome.kind === 'formatted' ? outcome.text : expect.fail(JSON.stringify(outcome));
}

describe('the example', () => {
  it.each(Object.entries(filesIn(repository)))('%s is formatted', (path, text) => {
    expect(result(text, path)).toBe(text);
  });
});

describe('a file that cannot be written anew as it is meant', () => {
  it.each(['? x\n', '--- |\n  text\n   more\n', '    --- \n', '|2\n   text\n', 'text\n', 'a: |2\n     text\n  more\n'])(
    'is left, formatted without loss, or refused: %j',
    (text) => {
      const outcome = formatted(text);
      if (outcome.kind === 'left') expect(outcome.reason).not.toBe('');
      if (outcome.kind === 'refused') expect(outcome.findings).not.toEqual([]);
    },
  );

  it('says why', () => {
    expect(formatted('a: 1\n? x\n')).toEqual({
      kind: 'left',
      reason: 'it uses forms of YAML that cannot be written anew',
    });
    expect(formatted('--- |\n  text\n')).toEqual({ kind: 'left', reason: 'it is neither a mapping nor a list' });
  });
});

describe('the style', () => {
  it('puts nothing between braces and what they hold, and one space behind a comma', () => {
    expect(result('a: { b: 1,c:  [ 1,2 ] }\n')).toBe('a: {b: 1, c: [1, 2]}\n');
  });

  it('indents by two, lists below their key', () => {
    expect(result('a:\n    b:\n    - 1\n    -   c: 2\n        d: 3\n')).toBe(
      'a:\n  b:\n    - 1\n    - c: 2\n      d: 3\n',
    );
  });

  it('keeps blocks and braces as they are written', () => {
    const text = 'a:\n  - b\nc: [d]\ne:\n  f: g\n';
    expect(result(text)).toBe(text);
  });

  it('opens braces that reach beyond column 140, from the outside', () => {
    const items = Array.from({ length: 12 }, (_, index) => `name-${index}`).join(', ');
    const line = `a: {b: [${items}], c: {d: [${items}]}}\n`;
    expect(result(line)).toBe(`a:\n  b: [${items}]\n  c: {d: [${items}]}\n`);
  });

  it('measures the column, not the braces', () => {
    const value = `{b: ${'x'.repeat(130)}}`;
    expect(result(`a: ${value}\n`)).toBe(`a: ${value}\n`);
    expect(result(`longer: ${value}\n`)).toBe(`longer:\n  b: ${'x'.repeat(130)}\n`);
  });

  it('keeps one blank line of several, and none at the start', () => {
    expect(result('\n\na: 1\n\n\n\nb: 2\n\n')).toBe('a: 1\n\nb: 2\n');
  });

  it('ends with one line feed, without byte order mark, carriage returns and spaces at line ends', () => {
    expect(result('\uFEFFa: 1  \r\nb: 2   # c  ')).toBe('a: 1\nb: 2 # c\n');
  });
});

describe('what people wrote stays', () => {
  it.each([
    ['money', 'a: "250.00"\n'],
    ['numbers', 'a: [1.10, 1e3, 0x1F, 007, +1, .5]\n'],
    ['days', 'a: 2026-01-31\n'],
    ['words', 'a: [no, yes, ~, null, True, "true"]\n'],
    ['quotes', "a: ['it''s', \"a\\tb\\u200b\", plain]\n"],
    ['an empty value', 'a:\nb: {c:, d: ""}\n'],
    ['the lines of a long text', 'a: "one\n  two\n\n  three"\nb: four\n  five\n'],
    ['text blocks', 'a: |\n  one\n   two\nb: >-\n  three\n  four\n\n  five\n'],
    ['anchors', 'a: &x {b: 1}\nc: *x\n'],
    ['key order', 'b: 1\na: 2\n'],
  ])('%s', (_, text) => {
    expect(result(text)).toBe(text);
  });

  it('comments, wherever they stand', () => {
    const text = '# top\n\n# first\na: 1 # behind\n# between\nb:\n  # inside\n  - 1\n  # last\n# end\n';
    expect(result(text).match(/# \w+/g)).toEqual(text.match(/# \w+/g));
  });
});

describe('a file with mistakes', () => {
  it.each(['a: [1\n', 'a: 1\na: 2\n', 'a: !!str 1\n', '', 'a:\n\t- 1\n'])('%j is refused with its findings', (text) => {
    const outcome = formatted(text);
    expect(outcome.kind).toBe('refused');
    expect(outcome).toHaveProperty('findings.0.code');
  });
});

describe('the schema that a header names', () => {
  const text = (schema: string) => `# yaml-language-server: $schema=${schema}\na: 1\n`;

  it.each([
    ['of another kind', '../schemas/guardrail.schema.json'],
    ['of another folder', 'schemas/tenant.schema.json'],
    ['published for another kind', 'https://schemas.acme.example/guardrail.schema.json'],
  ])('is corrected when it is one %s', (_, schema) => {
    expect(result(text(schema), 'tenants/x/a.yaml')).toBe(text('../../schemas/tenant.schema.json'));
  });

  it.each(['../../schemas/tenant.schema.json', 'https://schemas.acme.example/tenant.schema.json'])(
    'stays: %s',
    (schema) => {
      expect(result(text(schema), 'tenants/x/a.yaml')).toBe(text(schema));
    },
  );

  it('is not invented', () => {
    expect(result('a: 1\n')).toBe('a: 1\n');
  });
});

describe('the laws', () => {
  it('what is formatted is formatted', () => {
    fc.assert(
      fc.property(yamlText, (text) => {
        const once = formatted(text);
        if (once.kind !== 'formatted') return;
        expect(formatted(once.text)).toEqual({ kind: 'formatted', text: once.text, changed: false });
        // Outside of text blocks, which the drawn files do not have, there are no two blank lines.
        expect(once.text).not.toMatch(/\n\n\n|[ \t]\n|^\n/);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it('whatever is read as YAML can be formatted: the proof of meaning and comments never fails', () => {
    const texts = Object.values(filesIn(repository)).filter((text) => text.length < 3000);
    const cut = fc
      .tuple(
        fc.constantFrom(...texts),
        fc.nat(60),
        fc.array(fc.tuple(fc.nat(3000), fc.constantFrom(...disturbances)), { maxLength: 3 }),
      )
      .map(([text, from, edits]) =>
        edits.reduce(
          disturb,
          text
            .split('\n')
            .slice(from % 20)
            .join('\n'),
        ),
      );
    fc.assert(
      fc.property(cut, (text) => {
        expect(() => formatted(text)).not.toThrow();
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });
});

const disturbances = [
  ' # c\n',
  '\n# c\n',
  '\n\n\n',
  '  ',
  '{',
  '}',
  '[',
  ']',
  ', ',
  '"',
  "'",
  ': ',
  '- ',
  '\n    # c\n',
  '\\',
  '&a ',
  '*a',
  '\r\n',
  '~',
];

function disturb(text: string, [at, by]: readonly [number, string]): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + by + text.slice(place);
}
