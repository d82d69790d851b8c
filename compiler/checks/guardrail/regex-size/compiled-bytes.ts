/** What Rust's engine allows one compiled regex; the gateway does not raise it. */
export const largestRegex = 10 * 1024 * 1024;

const token =
  /\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\[\s\S]|\[\^?\]?(?:\[:[^\]]*:\]|\\[\s\S]|[^\]\\])*\]|\(\?[A-Za-z-]+\)|\((?:\?(?:P?<[^>]*>|[A-Za-z-]*:))?|\)|\{\d+(?:,\d*)?\}|[*+?|]|[\s\S]/g;

/**
 * About how many bytes a regex takes the gateway, measured there: a class of Unicode weighs as much as hundreds of
 * letters, and each repetition that is counted is compiled so many times.
 */
export function compiledBytes(regex: string): number {
  const folds = /\(\?[a-z]*i/.test(regex) ? 4 : 1;
  const groups: number[] = [0];
  let last = 0;
  for (const [text] of regex.matchAll(token)) {
    const counted = /^\{(\d+)(?:,(\d*))?\}$/.exec(text);
    if (/^[*+?|]$/.test(text) || /^\(\?[A-Za-z-]+\)$/.test(text)) continue;
    if (text.startsWith('(')) {
      groups.push(0);
      continue;
    }
    if (counted !== null) last *= Math.max(0, Number(counted[2] || counted[1]) - 1);
    else last = text === ')' ? (groups.pop() ?? 0) : bytesOf(text) * folds;
    groups.push((groups.pop() ?? 0) + last);
  }
  return groups.reduce((sum, size) => sum + size, 0);
}

function bytesOf(atom: string): number {
  if (/\\[wWpP]/.test(atom)) return 52_000;
  if (/\\[dD]/.test(atom)) return 5_400;
  if (/\\[sS]/.test(atom)) return 2_000;
  return atom === '.' || atom.startsWith('[^') ? 1_100 : 128;
}
