/** An expression with its first map literal taken out: what is left is the form, with `{…}` where the map stood. */
export interface Lookup {
  readonly form: string;
  readonly map: Readonly<Record<string, string>>;
}

const noMap: Readonly<Record<string, string>> = {};

/** Tables are flat maps of strings, whose syntax is JSON's. Whatever else stands between braces is no table. */
export function lookupOf(expression: string | undefined): Lookup {
  const text = expression ?? '';
  const start = text.indexOf('{');
  const end = start === -1 ? -1 : flatMapEnd(text, start);
  if (end === -1) return { form: text, map: noMap };
  const map = JSON.parse(text.slice(start, end)) as Record<string, string>;
  return { form: `${text.slice(0, start)}{…}${text.slice(end)}`, map };
}

/** Behind the brace that closes a flat map of strings; -1 where it is none. Not a regex: tables have megabytes. */
function flatMapEnd(text: string, start: number): number {
  let at = start + 1;
  if (text[at] === '}') return at + 1;
  for (;;) {
    at = stringEnd(text, at);
    if (at === -1 || text[at] !== ':') return -1;
    at = stringEnd(text, at + 1);
    if (at === -1) return -1;
    if (text[at] === '}') return at + 1;
    if (text[at] !== ',') return -1;
    at += 1;
  }
}

/** Behind the string literal at `start`; -1 where there is none. */
function stringEnd(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && escaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? -1 : end + 1;
}

function escaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** The expression without the texts in it, so that what looks like code is code. */
export function withoutTexts(form: string): string {
  return form.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
}
