import { isPlaceholder } from './placeholder.ts';
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
/** A run in which letters are written as escapes: what it says would be read as well as the letters themselves. */
const escaped = /(?<![A-Za-z0-9+/_.\\-])(?=[A-Za-z0-9+/_.-]*\\[uUx][0-9A-Fa-f]{2})[A-Za-z0-9+/_.\\-]{20,}/g;
const shaped = new RegExp(secretShapes.map(({ pattern }) => `(?:${pattern.source})`).join('|'), 'g');

const shown = 4;

/** The same text, each secret-looking part reduced to its first characters; every column stays where it is. */
export function withoutSecrets(text: string): string {
  const unshaped = withoutKeys(text).replace(resembling, veil).replace(mixed, veil);
  return unshaped.includes('\\') ? unshaped.replace(escaped, veil) : unshaped;
}

/** Narrower, for what names things (files, digests): only what has the shape of a key goes. */
export function withoutKeys(text: string): string {
  return anyMark.test(text) ? text.replace(shaped, veil) : text;
}

/** A field with its value, up to the end of the line or entry. */
const fieldWithValue = (field: string): RegExp =>
  new RegExp(
    `(?<=(?:^|[\\s{,"'_-])${field}["']?[ \\t]{0,8}:[ \\t]{1,8})(?:"[^"\\n]*"|'[^'\\n]*'|[^\\s"'#&*{}[\\],|>][^\\n,}\\]#]*)`,
    'gim',
  );

/** Fields that hold a secret wherever people write them. `secret` itself names one, unless it is no field there. */
const confided = fieldWithValue(
  '(?:pass(?:word|wd)|(?:access|auth|bearer)[_-]?token|token|api[_-]?key|client[_-]?secret|private[_-]?key)',
);
const secretField = fieldWithValue('secret');
const nameOfSecret = /^["']?[a-z0-9-]+["']?\s*$/;

/**
 * The text of a file as it may be shown: what stands in a field for a secret goes as well, whatever it looks like.
 * `unnamed`: there is a field `secret` that is none, so that it holds no name.
 */
export function withoutSecretFields(source: string, unnamed = false): string {
  return withoutSecrets(source)
    .replace(confided, concealed)
    .replace(secretField, (value) => (!unnamed && nameOfSecret.test(value) ? value : concealed(value)));
}

/** Also short: nothing of a password is shown. */
function concealed(value: string): string {
  return value.replace(/[^\s"']/g, '•');
}

/** Whether a field of this name holds a secret itself; `secret` is the name of one in most places. */
export function isSecretField(name: string): boolean {
  return /(?:^|[_-])(?:pass(?:word|wd)|token|api[_-]?key|client[_-]?secret|private[_-]?key)$/i.test(name);
}

/** Data with every text in it, and every key, as `withoutSecrets` leaves it: for what prints more than findings. */
export function veiledData<T>(data: T): T {
  return veiledValue(data) as T;
}

function veiledValue(value: unknown): unknown {
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(veiledValue);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [veiledValue(key), veiledValue(item)]));
  if (value instanceof Set) return new Set([...value].map(veiledValue));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [withoutSecrets(key), veiledField(key, item)]));
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
 * Keys of known shapes, in the order of the text. Placeholders are none: they can stand in a guardrail's examples and in
 * config tests.
 */
export function secretsIn(text: string): FoundSecret[] {
  if (!anyMark.test(text)) return [];
  const found = secretShapes.filter((shape) => isMarked(text, shape)).flatMap(matchesIn(text));
  return found.sort((a, b) => a.start - b.start || b.end - a.end).filter(isOutsideLast());
}

function matchesIn(text: string): (shape: SecretShape) => FoundSecret[] {
  return ({ what, pattern }) =>
    [...text.matchAll(pattern)]
      .filter(([secret]) => !isPlaceholder(secret))
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

/** A path is a name, by which programs find the file. */
function veiledField(name: string, value: unknown): unknown {
  return name === 'file' && typeof value === 'string' ? withoutKeys(value) : veiledValue(value);
}
