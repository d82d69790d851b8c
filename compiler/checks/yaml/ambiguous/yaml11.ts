/** What YAML 1.1 makes of a plain scalar that YAML 1.2, and so Gatewright, reads as something else. */
export interface OtherReading {
  readonly kind: 'boolean' | 'number' | 'string' | 'date';
  /** `the number 511` */
  readonly means: string;
}

type Rule = readonly [pattern: RegExp, kind: OtherReading['kind'], meaning: (text: string) => string];

const number = (value: number): string => `the number ${value}`;
const digits = (text: string): string => text.replaceAll('_', '');

const rules: readonly Rule[] = [
  [/^(?:y|yes|on)$/i, 'boolean', () => 'the boolean true'],
  [/^(?:n|no|off)$/i, 'boolean', () => 'the boolean false'],
  [/^[-+]?0[0-7_]*[1-7_][0-7_]+$/, 'number', (text) => number(Number.parseInt(digits(text), 8))],
  [/^[-+]?0[0-9_]*[89][0-9_]*$/, 'string', () => 'a string'],
  [/^[-+]?0b[01_]+$/, 'number', (text) => number(Number.parseInt(digits(text).replace('0b', ''), 2))],
  [/^(?:[-+]0x[0-9a-fA-F_]+|0x[0-9a-fA-F]*_[0-9a-fA-F_]*)$/, 'number', (text) => number(hexadecimal(digits(text)))],
  [/^0o[0-7]+$/, 'string', () => 'a string'],
  [/^[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?$/, 'number', (text) => number(Number(digits(text)))],
  [/^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/, 'number', (text) => number(sexagesimal(digits(text)))],
  [/^[-+]?(?:[0-9]+[eE][-+]?[0-9]+|(?:[0-9]+\.[0-9]*|\.[0-9]+)[eE][0-9]+)$/, 'string', () => 'a string'],
  [/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|\s+)[0-9:.]+\s*(?:Z|[-+][0-9:]+)?)?$/, 'date', () => 'a date'],
];

function hexadecimal(text: string): number {
  return (text.startsWith('-') ? -1 : 1) * Number.parseInt(text.replace(/^[-+]?0x/, ''), 16);
}

/** `60:30` counts in sixties. */
function sexagesimal(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  return (
    sign *
    text
      .replace(/^[-+]/, '')
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0)
  );
}

export function inYaml11(text: string): OtherReading | undefined {
  const rule = rules.find(([pattern]) => pattern.test(text));
  return rule === undefined ? undefined : { kind: rule[1], means: rule[2](text) };
}

const words = /(?:^|[\s:[{,-])(?:yes|no|on|off|y|n)(?=\s*(?:[,\]}:#]|$))/im;
/** Not behind a dash: that is the middle of a name such as team-0007. */
const numbers = /(?:^|[\s:[{,])(?:[-+]?0[0-9box_]|[0-9]{4}-[0-9]|[-+.]?[0-9][0-9.]*(?:e[-+0-9]|_|:[0-9]))/im;

/** Whether anything in a file can be ambiguous, and a number: most files are done with these two searches. */
export function mayBeAmbiguous(text: string): { readonly any: boolean; readonly numbers: boolean } {
  const hasNumbers = numbers.test(text);
  return { any: hasNumbers || words.test(text), numbers: hasNumbers };
}
