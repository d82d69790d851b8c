import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Range } from '../../compiler/diagnostics/finding.ts';
import type { ParsedFile } from '../../compiler/source/parse.ts';
import { parseFile } from '../../compiler/source/parse.ts';

const parseText = (text: string): ParsedFile => parseFile({ path: 'a.yaml', content: new TextEncoder().encode(text) });

const fixtures = join(import.meta.dirname, 'fixtures');
const corpus = ['ok', 'err'].flatMap((folder) =>
  readdirSync(join(fixtures, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(fixtures, folder, name), 'utf8')),
);

function slice(text: string, { start, end }: Range): string {
  const lines = text.split('\n');
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0) + column - 1;
  return text.slice(offset(start.line, start.column), offset(end.line, end.column));
}

describe('parseFile', () => {
  it('reads what yaml reads', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('map')),
      leaf: fc.oneof(
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e9, min: -1e9 }),
        fc.string(),
      ),
      list: fc.array(tie('any'), { maxLength: 4 }),
      map: fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        tie('any'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    })).map;
    fc.assert(
      fc.property(value, (data) => {
        const text = stringify(data);
        const { document, findings } = parseText(text);
        const surprising = findings.filter(
          ({ code }) => code !== 'yaml/non-string-key' && code !== 'yaml/reserved-key',
        );
        if (findings.length === 0) expect(document?.value).toEqual(parse(text));
        expect(surprising.filter(({ code }) => code !== 'source/character')).toEqual([]);
      }),
    );
  });

  it('never throws, and every finding lies inside the file', () => {
    const noise = fc.constantFrom(
      '\t',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      ':',
      '- ',
      '&a ',
      '*a',
      '!',
      '|',
      '\n',
      '#',
      '---\n',
      '<<: ',
      '%',
      '\r',
      ',',
      '? ',
    );
    const cut = fc.tuple(fc.nat(), fc.nat(4), noise);
    fc.assert(
      fc.property(fc.constantFrom(...corpus), fc.array(cut, { minLength: 1, maxLength: 4 }), (base, cuts) => {
        const text = cuts.reduce(
          (now, [at, drop, insert]) => {
            const offset = now.length === 0 ? 0 : at % now.length;
            return now.slice(0, offset) + insert + now.slice(offset + drop);
          },
          base.replace(/^\uFEFF/, ''),
        );
        const lines = text.split('\n');
        const { document, findings } = parseText(text);
        for (const { place } of findings) {
          const { line, column } = place.range.start;
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
        }
        expect(document?.complete === false || findings.every(({ code }) => !code.startsWith('yaml/syntax'))).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what can be read of a broken file', () => {
    const { document } = parseText('kind: Tenant\nmetadata: {name: ml}\nspec:\n\ttier: high\n');
    expect(document?.value).toMatchObject({ kind: 'Tenant', metadata: { name: 'ml' } });
    expect(document?.complete).toBe(false);
  });

  it('shares the value of an anchor with its aliases', () => {
    const { document } = parseText('a: &a {x: 1}\nb: *a\n');
    const value = document?.value as { a: object; b: object };
    expect(value.b).toBe(value.a);
    expect(document?.complete).toBe(true);
  });

  it('pollutes no prototype', () => {
    const { document } = parseText(
      '__proto__: {polluted: 1}\n"__proto__": 2\na: {constructor: {prototype: {polluted: 1}}}\n',
    );
    expect(document?.value).toEqual({ a: {} });
    expect(Object.getPrototypeOf(document?.value)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  it('says the same about a file that is nested beyond any stack', () => {
    expect(parseText('['.repeat(100_000)).findings).toMatchObject([
      { code: 'yaml/too-deep', place: { range: { start: { line: 1, column: 66 } } } },
    ]);
  });

  it('drops a byte order mark without moving the columns', () => {
    const { document } = parseText('\uFEFFkey: 1\n');
    expect(document?.locate(['key'], true).start).toEqual({ line: 1, column: 1 });
  });

  it.each(['tenants/a.yml', 'tenants/a.json', 'tenants/a'])('refuses another ending, with one finding: %s', (path) => {
    const { document, findings } = parseFile({ path, content: new TextEncoder().encode('a: 1') });
    expect(findings).toMatchObject([
      { code: 'source/extension', hint: 'rename it to tenants/a.yaml, or move it elsewhere' },
    ]);
    expect(document).toBeUndefined();
  });
});

describe('locate', () => {
  it('agrees with a search for what is unique in the text', () => {
    const shape = fc.array(fc.array(fc.constantFrom('map', 'list', 'flow'), { maxLength: 3 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(shape, fc.constantFrom('\n', '\r\n'), (branches, newline) => {
        const paths = branches.map((kinds, at) => [
          `top${at}`,
          ...kinds.map((kind, depth) => (kind === 'list' ? 0 : `k${at}x${depth}x`)),
        ]);
        const data = Object.fromEntries(
          paths.map(([top, ...rest], at) => [
            top,
            rest.reduceRight<unknown>((inner, step) => (step === 0 ? [inner] : { [step]: inner }), `leaf${at}leaf`),
          ]),
        );
        const text = stringify(data).replaceAll('\n', newline);
        const { document } = parseText(text);
        for (const [at, path] of paths.entries()) {
          if (document === undefined) throw new Error('no document');
          expect(slice(text, document.locate(path))).toBe(`leaf${at}leaf`);
          const last = path.findLastIndex((step) => typeof step === 'string');
          const keyed = path.slice(0, last + 1);
          expect(slice(text, document.locate(keyed, true))).toBe(path[last]);
          expect(document.locate([...keyed, 'missing'])).toEqual(document.locate(keyed, true));
        }
      }),
    );
  });

  it('follows an alias into its anchor', () => {
    const { document } = parseText('a: &a {x: 1}\nb: *a\n');
    expect(document?.locate(['b']).start).toEqual({ line: 2, column: 4 });
    expect(document?.locate(['b', 'x']).start).toEqual({ line: 1, column: 11 });
  });

  it('ends a block where its last value ends', () => {
    const text = 'a:\n  b: |\n    text\n\n\n# end\nc: 1\n';
    expect(
      slice(
        text,
        parseText(text).document?.locate(['a']) ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
      ),
    ).toBe('b: |\n    text');
  });

  it('gives a value as it is written', () => {
    const { document } = parseText('a: 250.00 # note\n');
    expect(document?.textOf(['a'])).toBe('250.00');
    expect(document?.textOf(['b'])).toBeUndefined();
    expect(parseText('"a": 1\n').document?.textOf(['a'], true)).toBe('"a"');
  });
});

describe('a file of nothing but mistakes', () => {
  it.each([
    ['escaped line breaks', `a: "${'\\\n'.repeat(400_000)}"`],
    ['commas', `a: [${','.repeat(300_000)}`],
  ])(
    'is read in bearable time, and errors elsewhere keep their traces: %s',
    (_, text) => {
      const { stackTraceLimit } = Error;
      const started = performance.now();
      expect(parseText(text).findings).not.toEqual([]);
      expect(performance.now() - started).toBeLessThan(20_000);
      expect(Error.stackTraceLimit).toBe(stackTraceLimit);
    },
    30_000,
  );
});
