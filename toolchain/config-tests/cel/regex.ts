import { RE2JS } from 're2js';
import { Unknown } from './failure.ts';

/** Where a match begins and ends. */
export type Range = readonly [start: number, end: number];

interface Regex {
  test(text: string): boolean;
  ranges(text: string): readonly Range[];
  /** The first match replaced; `$1` and `${name}` are groups. */
  replaceFirst(text: string, replacement: string): string;
}

const compiled = new Map<string, Regex>();

/** A regular expression of the gateway, which is written in Rust: Perl's classes know all of Unicode there. */
export function regex(source: string): Regex {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const made = make(source);
  compiled.set(source, made);
  return made;
}

function make(source: string): Regex {
  const pattern = compile(source);
  const backtracking = /\\[bB]/.test(source) ? withUnicodeBoundaries(source) : undefined;
  /** RE2 knows the boundaries of ASCII words only, so elsewhere the engine of this platform has to do. */
  const native = (text: string): RegExp | undefined => {
    if (backtracking === undefined || /^[\0-\x7f]*$/.test(text)) return undefined;
    if (backtracking instanceof RegExp) return backtracking;
    throw new Unknown(`word boundaries of ${source} in a text that is not ASCII`);
  };
  return {
    test: (text) => native(text)?.test(text) ?? pattern.test(text),
    ranges(text) {
      const other = native(text);
      if (other !== undefined) {
        const all = text.matchAll(new RegExp(other, 'gu'));
        return [...all].map((match) => [match.index, match.index + match[0].length]);
      }
      const found: Range[] = [];
      const matcher = pattern.matcher(text);
      while (matcher.find()) found.push([matcher.start(), matcher.end()]);
      return found;
    },
    replaceFirst(text, replacement) {
      if (native(text) !== undefined) throw new Unknown(`a replacement with ${source} in a text that is not ASCII`);
      return pattern.matcher(text).replaceFirst(replacement);
    },
  };
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(unicodeClasses(source));
  } catch (error) {
    throw new Unknown(`the regular expression ${source}: ${String(error)}`);
  }
}

const word = String.raw`\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}`;
const white = String.raw`\t\n\v\f\r \x85\p{Z}`;

/** The classes as Rust takes them. Within brackets the negated ones stay as they are: they would need a nested class. */
function unicodeClasses(source: string): string {
  let inBrackets = false;
  return source.replaceAll(/\\[\s\S]|\[|\]/g, (token) => {
    if (token === '[' || token === ']') {
      inBrackets = token === '[';
      return token;
    }
    if (token === '\\d') return '\\p{Nd}';
    if (token === '\\D') return '\\P{Nd}';
    if (token === '\\w') return inBrackets ? word : `[${word}]`;
    if (token === '\\s') return inBrackets ? white : `[${white}]`;
    if (inBrackets) return token;
    if (token === '\\W') return `[^${word}]`;
    return token === '\\S' ? `[^${white}]` : token;
  });
}

function withUnicodeBoundaries(source: string): RegExp | 'inexpressible' {
  const [before, after] = [`(?<=[${word}])`, `(?=[${word}])`];
  const [notBefore, notAfter] = [`(?<![${word}])`, `(?![${word}])`];
  const boundaries: Readonly<Record<string, string>> = {
    '\\b': `(?:${before}${notAfter}|${notBefore}${after})`,
    '\\B': `(?:${before}${after}|${notBefore}${notAfter})`,
  };
  const translated = unicodeClasses(source).replaceAll(/\\[\s\S]/g, (token) => boundaries[token] ?? token);
  try {
    return new RegExp(
      translated.replaceAll(/\\[_ '"@%&~`<>=:;,#!]/g, (escaped) => escaped.slice(1)),
      'u',
    );
  } catch {
    return 'inexpressible';
  }
}
