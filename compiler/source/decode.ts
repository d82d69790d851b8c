import { secretsIn } from '../diagnostics/secret.ts';
import { invisibleProblems } from './invisible.ts';
import { maxProblems } from './limits.ts';
import type { Problem } from './problem.ts';
import { secretProblem } from './secret-problem.ts';

export interface Decoded {
  readonly text: string;
  /** False: bytes or control characters leave no text that could be read as YAML. */
  readonly readable: boolean;
  readonly problems: readonly Problem[];
}

/** Fatal: a wrong byte is a finding, not a replacement character. A byte order mark is dropped: it is not a column. */
const decoder = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/** Control characters but tab, line feed, and carriage return before a line feed. */
const forbidden = /[^\P{Cc}\t\n\r]|\r(?!\n)/gu;

/** Bytes → text, with everything that is wrong with it as a text: comments and broken YAML included. */
export function decode(bytes: Uint8Array): Decoded {
  const text = textOf(bytes);
  if (text === undefined) return undecodable(bytes);
  const controls = controlProblems(text);
  // Outside ASCII a letter takes more bytes than UTF-16 units.
  const invisible = text.length === bytes.length ? [] : invisibleProblems(text);
  return { text, readable: controls.length === 0, problems: [...controls, ...invisible, ...secretProblems(text)] };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Everything before the first replacement character was right, so the position is the place of the wrong byte. */
function undecodable(bytes: Uint8Array): Decoded {
  const text = lenient.decode(bytes);
  const at = Math.max(0, text.indexOf('\uFFFD'));
  const problem: Problem = {
    code: 'source/encoding',
    message: `the file is not UTF-8 text${isUtf16(bytes) ? ' but UTF-16' : ''}: from here on it cannot be read`,
    span: { start: at, end: at + 1 },
    hint: 'save the file with the encoding UTF-8',
  };
  return { text, readable: false, problems: [problem, ...secretProblems(text)] };
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function controlProblems(text: string): Problem[] {
  const problems: Problem[] = [];
  for (const { 0: letter, index } of text.matchAll(forbidden)) {
    if (problems.length >= maxProblems) break;
    problems.push(controlProblem(letter, index));
  }
  return problems;
}

function controlProblem(letter: string, start: number): Problem {
  const code = letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    code: 'source/character',
    message: `the control character U+${code} is invisible to a reviewer and not allowed`,
    span: { start, end: start + 1 },
    hint:
      letter === '\r'
        ? 'end lines with LF or CRLF'
        : 'delete it; in a double-quoted string it can be written as an escape',
  };
}

function secretProblems(text: string): Problem[] {
  return secretsIn(text)
    .slice(0, maxProblems)
    .map((found) => secretProblem(found, { start: found.start, end: found.end }));
}
