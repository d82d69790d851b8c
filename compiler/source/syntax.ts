import type { YAMLParseError } from 'yaml';
import type { Code } from '../diagnostics/codes.ts';
import { maxSyntaxErrors } from './limits.ts';
import type { Lines } from './lines.ts';
import type { Marks } from './marks.ts';
import { mispairedQuote, unclosedBracket, unclosedQuote } from './openers.ts';
import type { Problem } from './problem.ts';

type SyntaxError = Pick<YAMLParseError, 'code' | 'message' | 'pos'>;

interface Wording {
  readonly code?: Code;
  readonly message: string;
  readonly hint?: string;
}

/** Where yaml has given up on the document, it complains about each word of the rest. */
const outsideDocument = /in YAML (?:stream|document)/;

/** The frequent errors in our words: the first that has the error's code and matches its message. */
const wordings: readonly (Wording & { readonly error?: SyntaxError['code']; readonly says?: RegExp })[] = [
  {
    error: 'TAB_AS_INDENT',
    code: 'yaml/tab',
    message: 'this line is indented with a tab: YAML allows only spaces',
    hint: 'replace the tab with spaces',
  },
  {
    error: 'BAD_INDENT',
    code: 'yaml/indentation',
    message: 'this line does not start in the same column as the entries around it',
    hint: 'indent it exactly like its neighbours',
  },
  {
    error: 'BLOCK_AS_IMPLICIT_KEY',
    says: /^Nested mappings/,
    message: 'a second "key: value" stands on the line of a key',
    hint: 'quote the value if its ":" is text, or start the mapping on a new, indented line',
  },
  {
    says: /^Implicit map keys/,
    message: 'there is a key without ":" and value, or text that belongs to nothing',
    hint: 'write "key: value", with a space after the colon',
  },
  {
    error: 'BAD_SCALAR_START',
    message: 'a value that starts with this character must be quoted',
    hint: 'put the value in quotes',
  },
  {
    error: 'BAD_DQ_ESCAPE',
    message: 'this escape sequence is not known in a double-quoted string',
    hint: 'double the backslash, or use single quotes, where a backslash is just a backslash',
  },
  { says: /^Missing , /, message: 'a comma is missing before this entry', hint: 'separate entries with ","' },
  {
    error: 'BLOCK_IN_FLOW',
    message: 'inside { } and [ ] a comma is missing, or a value spreads over indented lines',
    hint: 'separate entries with "," and open { or [ for each nested value',
  },
  { says: /^Unexpected ,/, message: 'there is no entry before this comma', hint: 'delete the comma' },
  { says: /^Unexpected flow-/, message: 'this bracket closes nothing', hint: 'delete it, or open the bracket before' },
  {
    says: /^Unexpected block-seq-ind/,
    message: 'a list cannot start on the line of its key',
    hint: 'start the "-" on the next line',
  },
  {
    says: /at node end$/,
    message: 'there is text after the end of the value',
    hint: 'quote the whole value, or delete the rest',
  },
  {
    says: /^Comments must be separated/,
    message: 'a comment needs a space before its "#"',
    hint: 'add a space, or quote the value if the "#" belongs to it',
  },
  {
    says: /^(?:Block scalar header|Not a YAML token)/,
    message: 'there is text on the line of "|" or ">"',
    hint: 'start the text on the next line, indented; quote the value if the sign is text',
  },
  {
    error: 'BLOCK_AS_IMPLICIT_KEY',
    says: /^A block sequence/,
    message: 'a list item and keys stand in the same column',
    hint: 'indent the list below its key, or put "- " before each key',
  },
  { error: 'IMPOSSIBLE', message: 'a list or mapping in brackets cannot be a key', hint: 'write a string as the key' },
  { error: 'KEY_OVER_1024_CHARS', message: 'a key has at most 1024 characters' },
  {
    error: 'MULTIPLE_DOCS',
    code: 'yaml/multiple-documents',
    message: 'a second YAML document starts here: one file holds one resource',
    hint: 'move it to a file of its own and delete the "---"',
  },
  {
    says: outsideDocument,
    message: 'this does not belong to what stands above it: a file is one mapping whose keys start in the same column',
    hint: 'indent it like the first key, or quote the text above if it goes on here',
  },
  {
    says: /^Tags and anchors must be separated/,
    message: 'a space is missing after an anchor (&) or tag (!)',
    hint: 'quote the value if the sign is text',
  },
  {
    says: /^Missing directives-end/,
    code: 'yaml/directive',
    message: 'directives (%) are not supported',
    hint: 'delete it',
  },
  { error: 'BAD_DIRECTIVE', code: 'yaml/directive', message: 'directives (%) are not supported', hint: 'delete it' },
  { error: 'TAG_RESOLVE_FAILED', code: 'yaml/tag', message: 'tags are not supported', hint: 'delete the tag' },
  { error: 'MULTIPLE_TAGS', code: 'yaml/tag', message: 'tags are not supported', hint: 'delete the tags' },
  { error: 'MULTIPLE_ANCHORS', code: 'yaml/anchor', message: 'a value has more than one anchor', hint: 'keep one' },
  { error: 'ALIAS_PROPS', code: 'yaml/anchor', message: 'an alias cannot have an anchor or tag', hint: 'delete it' },
  {
    error: 'BAD_ALIAS',
    code: 'yaml/anchor',
    message: 'an anchor or alias needs a name',
    hint: 'quote the text if it is none',
  },
];

/** yaml's errors in our words: the first of each line, at most ten, those about a missing end at their beginning. */
export function syntaxProblems(errors: readonly SyntaxError[], text: string, lines: Lines, marks: Marks): Problem[] {
  const problems: Problem[] = [];
  let lastLine = -1;
  for (const [index, error] of errors.entries()) {
    const next = errors[index + 1];
    const overtaken = next?.code === 'MULTILINE_IMPLICIT_KEY' && next.pos[0] === error.pos[0];
    const { line } = lines.position(error.pos[0]);
    if (overtaken || line === lastLine) continue;
    lastLine = line;
    const leftOver = outsideDocument.test(error.message);
    if (leftOver && problems.length > 0) break;
    problems.push(syntaxProblem(error, text, marks));
    if (leftOver || problems.length === maxSyntaxErrors) break;
  }
  return withoutConsequences(problems);
}

/** Everything behind a quote or bracket that was never closed was read as something else. */
function withoutConsequences(problems: readonly Problem[]): Problem[] {
  const unclosed = problems.find(({ code }) => code === 'yaml/unclosed');
  if (unclosed === undefined) return [...problems];
  return problems.filter((problem) => problem === unclosed || problem.span.start < unclosed.span.start);
}

function syntaxProblem(error: SyntaxError, text: string, marks: Marks): Problem {
  const unclosed = unclosedProblem(error, text, marks);
  if (unclosed !== undefined) return unclosed;
  if (error.code === 'MULTILINE_IMPLICIT_KEY') return runOnProblem(error, text);
  const said = startsLine(error, text) ? error.message.replace('at node end', 'in YAML stream') : error.message;
  const wording = wordings.find(
    ({ error: code, says }) => (code === undefined || code === error.code) && (says === undefined || says.test(said)),
  );
  const {
    code = 'yaml/syntax',
    message,
    hint,
  } = wording ?? { message: `this is not well-formed YAML: ${error.message}` };
  const span = shownSpan(error, text);
  return { code, message, span, ...(hint === undefined ? {} : { hint }) };
}

/** What is never closed is noticed far behind: the finding belongs where it was opened. */
function unclosedProblem(error: SyntaxError, text: string, marks: Marks): Problem | undefined {
  const quote = /^Missing closing (["'])/.exec(error.message)?.[1];
  const bracket = /must (?:be sufficiently indented and )?end with a ([\]}])/.exec(error.message)?.[1];
  const missing = quote ?? bracket;
  if (missing === undefined) return mispairedProblem(error, text, marks);
  const noticed = error.pos[0];
  const opened =
    quote === undefined ? unclosedBracket(missing, noticed, text, marks) : unclosedQuote(quote, noticed, marks, text);
  const start = opened ?? Math.min(noticed, Math.max(0, text.length - 1));
  return {
    code: 'yaml/unclosed',
    message: `${quote === undefined ? 'the bracket' : 'the quote'} ${text[start] ?? missing} is never closed`,
    span: { start, end: start + 1 },
    hint: `add the missing ${missing}`,
  };
}

function mispairedProblem(error: SyntaxError, text: string, marks: Marks): Problem | undefined {
  if (!error.message.endsWith('at node end')) return undefined;
  const start = mispairedQuote(error.pos[0], marks, text);
  if (start === undefined) return undefined;
  return {
    code: 'yaml/unclosed',
    message: `the quote ${text[start]} is closed only on a later line, with text right after it`,
    span: { start, end: start + 1 },
    hint: `add the missing ${text[start]} on this line`,
  };
}

/** Indentation errors point at a line break or its indentation: the reader looks for the first letter after it. */
function shownSpan(error: SyntaxError, text: string): Problem['span'] {
  const [from, to] = error.pos;
  if (error.code !== 'BAD_INDENT') return { start: from, end: Math.max(to, from + 1) };
  const start = firstVisible(text, from);
  return { start, end: start + 1 };
}

/** Text over several lines that turns out to be a key: the first line lacks its colon, or the last is indented too far. */
function runOnProblem(error: SyntaxError, text: string): Problem {
  const [from, to] = error.pos;
  const start = firstVisible(text, lineStart(text, Math.max(from, to - 1)));
  const column = start - lineStart(text, start);
  if (column === from - lineStart(text, from)) {
    const end = text.indexOf('\n', from);
    const item = text.startsWith('- ', from);
    const message = item
      ? 'this list item stands in the column of the keys around it'
      : 'this line has no ":", so that it runs on into the next one';
    const hint = item ? 'indent it below the key that it belongs to' : 'write "key:" or "key: value"';
    return { code: 'yaml/syntax', message, span: { start: from, end }, hint };
  }
  return {
    code: 'yaml/indentation',
    message: 'this line would be part of the text above it, because it is indented further',
    span: { start, end: Math.max(start + 1, to) },
    hint: 'indent it like the key it belongs beside, or quote the text if it goes on here',
  };
}

/** What is left over on the line of a value is another mistake than a line that belongs to nothing. */
function startsLine({ pos: [from] }: SyntaxError, text: string): boolean {
  return text.slice(lineStart(text, from), from).trim() === '';
}

function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

function firstVisible(text: string, from: number): number {
  const blank = /\s*/y;
  blank.lastIndex = from;
  blank.test(text);
  return blank.lastIndex < text.length ? blank.lastIndex : from;
}
