import fc from 'fast-check';
import { codes, isCode } from '../../compiler/diagnostics/codes.ts';
import { type Finding, type Place, severities } from '../../compiler/diagnostics/finding.ts';

/** Letters that mean something to a terminal, a workflow command, XML, Markdown, SARIF, a URI or a reader's eye. */
const hostile = '\u001B\u0007\u009B\u202E\u2066\u200B\u2028\uFEFF\uD83D\u0000\r\n\t%:,;#<>&"\'`|[](){}@$\\*_!é漢🙂';

/** Text as an attacker would write it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: fc.constantFrom(...hostile, 'a', ' ', '-', '/'), maxLength: 40 }),
  fc.constantFrom('::error::x', '%0A::warning::y', ']]>', '</failure>', '```', '[a](http://b)', '@acme/all', '{0}'),
);

function placeWith(text: fc.Arbitrary<string>): fc.Arbitrary<Place> {
  const parts = { file: text, line: fc.integer({ min: 1, max: 9 }), column: fc.integer({ min: 1, max: 60 }) };
  return fc
    .record({ ...parts, lines: fc.nat(3), width: fc.nat(30), path: fc.array(fc.oneof(text, fc.nat(3))) })
    .map(({ file, line, column, lines, width, path }) => ({
      file: `tenants/${file}.yaml`,
      range: { start: { line, column }, end: { line: line + lines, column: column + width } },
      path,
    }));
}

/** Any finding, with `text` wherever words or names stand. */
export function findingWith(text: fc.Arbitrary<string>): fc.Arbitrary<Finding> {
  const place = placeWith(text);
  return fc
    .record(
      {
        code: fc.constantFrom(...Object.keys(codes).filter(isCode)),
        severity: fc.constantFrom(...severities),
        message: text,
        place,
        related: fc.array(fc.record({ message: text, place }), { maxLength: 3 }),
        hint: text,
        fix: fc.record({ place, text }),
      },
      { requiredKeys: ['code', 'severity', 'message', 'place', 'related'] },
    )
    .map(({ hint, fix, ...rest }) => ({
      ...rest,
      ...(hint === undefined ? {} : { hint }),
      ...(fix === undefined ? {} : { fix }),
    }));
}
