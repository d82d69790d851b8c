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
  | { readonly kind: 'refused'; readonly document?: SourceDocument; readonly findings: readonly RawFinding[] };

const encoder = new TextEncoder();

/** The same configuration in the one style. Throws where the result would mean something else: that is our defect. */
export function format(file: SourceFile): Formatted {
  const { document, findings } = parseFile(file);
  if (findings.length > 0 || document === undefined || 'refused' in file.content) {
    return { kind: 'refused', findings, ...(document === undefined ? {} : { document }) };
  }
  const text = printed(withOwnSchema(file.path, document.text.replaceAll('\r\n', '\n')));
  const bytes = encoder.encode(text);
  prove(document, parseFile({ path: file.path, content: bytes }).document);
  return { kind: 'formatted', text, changed: !isDeepStrictEqual(bytes, new Uint8Array(file.content)) };
}

function prove(before: SourceDocument, after: SourceDocument | undefined): void {
  const broken =
    after === undefined || !after.complete
      ? 'it could no longer be read'
      : !isDeepStrictEqual(before.value, after.value)
        ? 'it would mean something else'
        : !isDeepStrictEqual(numbersOf(before), numbersOf(after))
          ? 'a number would be written differently'
          : !isDeepStrictEqual(commentsOf(before.text), commentsOf(after.text))
            ? 'a comment would be lost'
            : undefined;
  if (broken !== undefined) throw new Error(`${before.file} cannot be formatted: ${broken}. It is left as it is.`);
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
