import { closerWording } from './closer-wording.ts';
import { maxSyntaxErrors } from './limits.ts';
import type { Lines } from './lines.ts';
import type { Marks } from './marks.ts';
import { mispairedQuote, unclosedBracket, unclosedQuote } from './openers.ts';
import type { Problem } from './problem.ts';
import { outsideDocument, wordingOf, type YamlError } from './wordings.ts';

/** yaml's errors in our words: the first of each line, at most ten, those about a missing end at their beginning. */
export function syntaxProblems(errors: readonly YamlError[], text: string, lines: Lines, marks: Marks): Problem[] {
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

function syntaxProblem(error: YamlError, text: string, marks: Marks): Problem {
  const unclosed = unclosedProblem(error, text, marks);
  if (unclosed !== undefined) return unclosed;
  if (error.code === 'MULTILINE_IMPLICIT_KEY') return runOnProblem(error, text);
  const said = startsLine(error, text) ? error.message.replace('at node end', 'in YAML stream') : error.message;
  const span = shownSpan(error, text);
  const wording = wordingOf({ code: error.code, message: said });
  const { code = 'yaml/syntax', message, hint } = closerWording(error, text, span.start) ?? wording;
  return { code, message, span, hint };
}

/** What is never closed is noticed far behind: the finding belongs where it was opened. */
function unclosedProblem(error: YamlError, text: string, marks: Marks): Problem | undefined {
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

function mispairedProblem(error: YamlError, text: string, marks: Marks): Problem | undefined {
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
function shownSpan(error: YamlError, text: string): Problem['span'] {
  const [from, to] = error.pos;
  if (error.code !== 'BAD_INDENT' && !/^(?:Sequence item without|A block sequence)/.test(error.message))
    return { start: from, end: Math.max(to, from + 1) };
  const start = firstVisible(text, from);
  return { start, end: start + 1 };
}

/** Text over several lines that turns out to be a key: the first line lacks its colon, or the last is indented too far. */
function runOnProblem(error: YamlError, text: string): Problem {
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
function startsLine({ pos: [from] }: YamlError, text: string): boolean {
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
