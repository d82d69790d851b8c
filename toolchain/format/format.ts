import { isDeepStrictEqual } from 'node:util';
import { CST, Lexer } from 'yaml';
import type { Path, RawFinding } from '../../compiler/diagnostics/finding.ts';
import type { SourceDocument } from '../../compiler/source/document.ts';
import { parseFile } from '../../compiler/source/parse.ts';
import type { SourceFile } from '../../compiler/source/tree.ts';
import { withOwnSchema } from '../schemas/header.ts';
import { printed } from './printed.ts';

/** What formatting one file came to. A file with mistakes is not touched: its structure is a guess. */
export type Formatted =
  | { readonly kind: 'formatted'; readonly text: string; readonly changed: boolean }
  /** It has no mistake, but cannot be written anew as it is meant. */
  | { readonly kind: 'left'; readonly reason: string }
  | { readonly kind: 'refused'; readonly document?: SourceDocument; readonly findings: readonly RawFinding[] };

const encoder = new TextEncoder();

/** The same configuration in the one style, or nothing where the result would mean something else. */
export function format(file: SourceFile): Formatted {
  const { document, findings } = parseFile(file);
  if (findings.length > 0 || document === undefined || 'refused' in file.content) {
    return { kind: 'refused', findings, ...(document === undefined ? {} : { document }) };
  }
  if (typeof document.value !== 'object' || document.value === null) {
    return { kind: 'left', reason: 'it is neither a mapping nor a list' };
  }
  const text = rewritten(file.path, document);
  if (text === undefined) return { kind: 'left', reason: 'it uses forms of YAML that cannot be written anew' };
  const bytes = encoder.encode(text);
  const reason = lossOf(document, parseFile({ path: file.path, content: bytes }).document);
  if (reason !== undefined) return { kind: 'left', reason };
  return { kind: 'formatted', text, changed: !isDeepStrictEqual(bytes, new Uint8Array(file.content)) };
}

/** undefined: yaml cannot print everything that it reads, such as a key without a value behind "?". */
function rewritten(path: string, { text }: SourceDocument): string | undefined {
  try {
    return printed(withOwnSchema(path, text.replaceAll('\r\n', '\n')));
  } catch {
    return undefined;
  }
}

function lossOf(before: SourceDocument, after: SourceDocument | undefined): string | undefined {
  if (after === undefined || !after.complete) return 'it could no longer be read';
  if (!isDeepStrictEqual(before.value, after.value)) return 'it would mean something else';
  if (!isDeepStrictEqual(numbersOf(before), numbersOf(after))) return 'a number would be written differently';
  return isDeepStrictEqual(commentsOf(before.text), commentsOf(after.text)) ? undefined : 'a comment would be lost';
}

/** Numbers as they are written: 1.10 is not 1.1 to a person who compares prices. */
function numbersOf(document: SourceDocument): readonly (string | undefined)[] {
  return [...scalars(document.value, [])]
    .filter(([, value]) => typeof value === 'number')
    .map(([path]) => document.textOf(path));
}

function* scalars(value: unknown, path: Path): Iterable<readonly [Path, unknown]> {
  if (typeof value !== 'object' || value === null) yield [path, value];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* scalars(item, [...path, index]);
  else for (const [key, child] of Object.entries(value)) yield* scalars(child, [...path, key]);
}

/** In their order; the schema that a header names may be corrected. */
function commentsOf(text: string): readonly string[] {
  const comments = [...new Lexer().lex(text.replaceAll('\r\n', '\n'))].filter(
    (token) => CST.tokenType(token) === 'comment',
  );
  return comments.map((comment) => comment.trimEnd().replace(/^#[ \t]*yaml-language-server.*/, '#header'));
}
