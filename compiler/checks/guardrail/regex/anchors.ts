/**
 * Whether every way to match a regex begins at the start of the text or ends at its end. With (?m) they are lines, which
 * bodies have. What it cannot tell it takes for free.
 */
export function isAnchored(regex: string): boolean {
  return !/\(\?[a-zA-Z]*m/.test(regex) && isHeld(regex.replace(/^(\(\?[isU]+\))+/, ''));
}

function isHeld(regex: string): boolean {
  const ways = alternatives(regex);
  if (ways.length > 1) return ways.every(isHeld);
  if (/^(\^|\\A)/.test(regex) || /(^|[^\\])(\\\\)*(\$|\\z)$/.test(regex)) return true;
  const [, inner] = /^\((?:\?(?:[isU]*:|P?<[^>]*>))?(.*)\)$/s.exec(regex) ?? [];
  return inner !== undefined && isOneGroup(regex) && isHeld(inner);
}

/** What a | at the top level separates. */
function alternatives(regex: string): readonly string[] {
  const ways = [''];
  for (const [token, depth] of tokens(regex)) {
    if (token === '|' && depth === 0) ways.push('');
    else ways[ways.length - 1] += token;
  }
  return ways;
}

/** Whether the bracket that opens it closes it. */
function isOneGroup(regex: string): boolean {
  return [...tokens(regex)].slice(0, -1).every(([, depth]) => depth > 0);
}

/** Classes and escapes as a whole; with how many groups are open behind it. */
function* tokens(regex: string): Iterable<readonly [token: string, depth: number]> {
  let depth = 0;
  for (const [token] of regex.matchAll(/\\.|\[\^?\]?(?:\[:[^\]]*:\]|\\.|[^\]\\])*\]|./gs)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    yield [token, depth];
  }
}
