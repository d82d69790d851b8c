/** What a plain (unquoted) scalar means in the YAML 1.2 core schema. */
export type PlainValue = string | number | boolean | null;

const integer = /^[-+]?[0-9]+$/;
const octal = /^0o[0-7]+$/;
const hexadecimal = /^0x[0-9a-fA-F]+$/;
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const infinity = /^[-+]?\.(?:inf|Inf|INF)$/;
const notANumber = /^\.(?:nan|NaN|NAN)$/;

const words: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['true', 'True', 'TRUE'].map((word): [string, boolean] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, boolean] => [word, false]),
  ...['null', 'Null', 'NULL', '~', ''].map((word): [string, null] => [word, null]),
]);

export function plainValue(source: string): PlainValue {
  if (source.length <= 5) {
    const word = words.get(source);
    if (word !== undefined) return word;
  }
  return canStartNumber(source.charCodeAt(0)) ? (plainNumber(source) ?? source) : source;
}

/** Digits, `+`, `-` and `.`: most strings are told apart by their first letter. */
function canStartNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}

function plainNumber(source: string): number | undefined {
  if (integer.test(source) || decimal.test(source)) return Number(source);
  if (octal.test(source) || hexadecimal.test(source)) return Number(source);
  if (infinity.test(source)) return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return notANumber.test(source) ? Number.NaN : undefined;
}
