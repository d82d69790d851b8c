/**
 * What RE2 accepts and the gateway's engine, Rust's, refuses or reads as something else. A pattern of a guard that it
 * refuses stops the gateway; one that the decision looks for would match nothing, without a word.
 */
export function outsideRust(regex: string): string | undefined {
  let isInClass = false;
  for (let at = 0; at < regex.length; at += 1) {
    const rest = regex.slice(at);
    const problem = isInClass ? inClass(rest) : outsideClass(rest);
    if (problem !== undefined) return problem;
    const opened = !isInClass && /^\[\^?\]?/.exec(rest)?.[0];
    if (opened) {
      isInClass = true;
      at += opened.length - 1;
    } else if (isInClass && rest[0] === ']') isInClass = false;
    else if (isInClass && rest.startsWith('[:')) at += Math.max(0, rest.indexOf(':]') + 1);
    else if (rest[0] === '\\') at += escapeLength(rest) - 1;
  }
  return undefined;
}

/** `\x{41}` and `\p{Greek}` have braces of their own. */
function escapeLength(rest: string): number {
  return /^\\[xpP]\{[^}]*\}/.exec(rest)?.[0].length ?? 2;
}

function outsideClass(rest: string): string | undefined {
  if (/^\(\?[A-Za-z-]+\)([*+?]|\{\d)/.test(rest)) return 'repeats flags, which match no text';
  if (rest[0] === '{' && !/^\{\d+(,\d*)?\}/.test(rest)) return 'has a { that begins no repetition: write \\{';
  return escaped(rest);
}

function inClass(rest: string): string | undefined {
  if (rest[0] === '[' && !/^\[:\^?[a-z]+:\]/.test(rest)) return 'has a [ within a class: write \\[';
  if (/^(&&|--|~~)/.test(rest))
    return `has ${rest.slice(0, 2)} within a class, which is an operator there: write one of them`;
  if (/^(\\[dDsSwW]|\\[pP](\{[^}]*\}|.)|\[:\^?[a-z]+:\])-[^\]]/.test(rest))
    return 'has a range that begins with a class: write \\-';
  if (/^[^\\\]]-\\[dDsSwWpP]/.test(rest)) return 'has a range that ends with a class: write \\-';
  return escaped(rest);
}

function escaped(rest: string): string | undefined {
  const letter = rest[0] === '\\' ? rest[1] : undefined;
  if (letter === undefined) return undefined;
  if (/[QEC]/.test(letter)) return `has \\${letter}, which the gateway does not know`;
  if (/[0-9]/.test(letter)) return `has \\${letter}, an octal number: write \\x and two hexadecimal digits`;
  if (/[<>]/.test(letter)) return `has \\${letter}, the edge of a word to the gateway: write ${letter}`;
  return undefined;
}
