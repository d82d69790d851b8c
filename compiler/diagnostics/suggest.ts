import { distance } from 'fastest-levenshtein';

/** Longer words are never typos of each other in a way worth the quadratic cost of measuring it. */
const longestWord = 100;

/**
 * The candidate that `word` was most likely meant to be, for "did you mean". The same letters in another case or with
 * other separators always match; otherwise about one edit in three letters is allowed. Ties go to the first candidate.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > longestWord) return undefined;
  const wanted = plain(word);
  let best: string | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === word || candidate.length > longestWord) continue;
    const cost = costOf(wanted, plain(candidate));
    if (cost < bestCost) {
      best = candidate;
      bestCost = cost;
    }
  }
  return best;
}

/** The same as a hint. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const meant = closest(word, candidates);
  return meant === undefined ? undefined : `did you mean ${meant}?`;
}

/** Every candidate that `word` could be a slip of the pen for: with exactly one, nobody would choose otherwise. */
export function closeOnes(word: string, candidates: Iterable<string>): readonly string[] {
  if (word.length === 0 || word.length > longestWord) return [];
  const wanted = plain(word);
  return [...candidates].filter((candidate) => {
    if (candidate.length > longestWord) return false;
    const cost = costOf(wanted, plain(candidate));
    return cost <= Math.min(2, Math.floor(candidate.length / 4));
  });
}

/** Case and separators are style: `monthly_usd`, `monthly-usd` and `monthlyUsd` are one word. */
export function plain(word: string): string {
  return word.toLowerCase().replace(/[-_ .]/g, '');
}

/** Infinity: too far away to be meant. */
function costOf(wanted: string, candidate: string): number {
  if (wanted === candidate) return 0;
  if (isSwap(wanted, candidate)) return 0.5;
  const edits = distance(wanted, candidate);
  const longer = Math.max(wanted.length, candidate.length);
  const allowed = longer <= 3 ? 1 : Math.min(4, Math.floor(longer / 3) + 1);
  const keepsSomething = edits < Math.min(wanted.length, candidate.length);
  if (edits <= allowed && keepsSomething) return edits;
  return isAbbreviation(wanted, candidate) ? allowed + 1 : Number.POSITIVE_INFINITY;
}

/** `teir` for `tier`: two edits for a machine, one slip for a person. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** `requests` for `requestsPerMinute`. */
function isAbbreviation(short: string, long: string): boolean {
  return short.length >= 4 && long.startsWith(short);
}
