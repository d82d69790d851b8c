import type { Problem } from './problem.ts';

export interface Decoded {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** Fatal: a wrong byte is a finding, not a replacement character. A byte order mark is dropped: it is not a column. */
const decoder = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/** Control characters but tab, line feed, and carriage return before a line feed. */
const forbidden = /[^\P{Cc}\t\n\r]|\r(?!\n)/u;

export function decode(bytes: Uint8Array): Decoded {
  const text = textOf(bytes);
  if (text === undefined) return undecodable(bytes);
  const at = text.search(forbidden);
  return { text, problems: at === -1 ? [] : [characterProblem(text, at)] };
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
    message: 'the file is not UTF-8 text: from here on it cannot be read',
    span: { start: at, end: at + 1 },
    hint: 'save the file with the encoding UTF-8',
  };
  return { text, problems: [problem] };
}

function characterProblem(text: string, at: number): Problem {
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return {
    code: 'source/character',
    message: `the control character U+${code} is invisible to a reviewer and not allowed`,
    span: { start: at, end: at + 1 },
    hint:
      text[at] === '\r'
        ? 'end lines with LF or CRLF'
        : 'delete it; in a double-quoted string it can be written as an escape',
  };
}
