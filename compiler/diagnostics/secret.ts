import { type SecretShape, secretShapes } from './secret-shapes.ts';

/**
 * What looks like a secret must not be printed, also where somebody wrote it by mistake and a finding quotes it: logs of
 * a pull request are read by many. Hiding is wider than refusing (`secretsIn`): too much hidden costs nothing, so that
 * beginnings of keys, hexadecimal runs and long runs that mix upper case, lower case and digits go as well.
 */
const resembling =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:sk|pk|rk|xox[a-z]|gh[pousr]|github_pat|glpat|eyJ|AIza)[-_A-Za-z0-9.]{16,}|(?<!sha256:)\b[0-9a-f]{32,}\b/g;
const mixed =
  /(?<![A-Za-z0-9+/_-])(?=[A-Za-z0-9+/_-]*[A-Z])(?=[A-Za-z0-9+/_-]*[a-z])(?=[A-Za-z0-9+/_-]*[0-9])[A-Za-z0-9+/_-]{24,}={0,2}/g;
const shaped = new RegExp(secretShapes.map(({ pattern }) => `(?:${pattern.source})`).join('|'), 'g');

const shown = 4;

/** The same text, each secret-looking part reduced to its first characters; every column stays where it is. */
export function withoutSecrets(text: string): string {
  const unshaped = anyMark.test(text) ? text.replace(shaped, veil) : text;
  return unshaped.replace(resembling, veil).replace(mixed, veil);
}

function isMarked(text: string, { marks }: SecretShape): boolean {
  return marks.some((mark) => text.includes(mark));
}

/** One search instead of one for each mark: nearly all texts have none. */
const anyMark = new RegExp(
  secretShapes.flatMap(({ marks }) => marks.map((mark) => mark.replaceAll('.', '\\.'))).join('|'),
);

function veil(secret: string): string {
  return secret.slice(0, shown) + secret.slice(shown).replace(/[^\n]/g, '•');
}

export interface FoundSecret {
  readonly what: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

/**
 * Keys of known shapes, in the order of the text. Documented examples (AWS: AKIAIOSFODNN7EXAMPLE) are none: with EXAMPLE
 * in it a text can stand in a guardrail's examples and in config tests, and no issuer ever gives out such a key.
 */
export function secretsIn(text: string): FoundSecret[] {
  if (!anyMark.test(text)) return [];
  const found = secretShapes.filter((shape) => isMarked(text, shape)).flatMap(matchesIn(text));
  return found.sort((a, b) => a.start - b.start || b.end - a.end).filter(isOutsideLast());
}

function matchesIn(text: string): (shape: SecretShape) => FoundSecret[] {
  return ({ what, pattern }) =>
    [...text.matchAll(pattern)]
      .filter(([secret]) => !/example/i.test(secret))
      .map(({ 0: secret, index }) => ({ what, start: index, end: index + secret.length }));
}

/** Of two shapes that overlap, the first and longer one is meant: a token inside the credentials of a URL. */
function isOutsideLast(): (secret: FoundSecret) => boolean {
  let end = 0;
  return (secret) => {
    if (secret.start < end) return false;
    end = secret.end;
    return true;
  };
}
