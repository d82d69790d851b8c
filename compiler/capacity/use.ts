import type { Origin } from '../diagnostics/finding.ts';

/** How much of something that AWS or the gateway bounds is taken. */
export interface Use {
  /** Short, for a list. */
  readonly name: string;
  /** Who takes it, and of what, as a sentence goes on: `environment dev`, `app clients in its user pool`. */
  readonly whose: string;
  readonly what: string;
  readonly used: number;
  readonly most: number;
  /** `bytes`, or empty where things are counted. */
  readonly unit: '' | 'bytes';
  /** Where the configuration says something about it. */
  readonly at: Origin;
  /** What to do where it gets tight. */
  readonly hint: string;
}

/** Beyond this share of what is possible somebody should know, while there is still time to do something about it. */
const tight = { numerator: 4, denominator: 5 };

export function isAbove({ used, most }: Use): boolean {
  return used > most;
}

export function isTight({ used, most }: Use): boolean {
  return used * tight.denominator > most * tight.numerator;
}

/** `820 of 1000`, `12.5 of 60 KiB`. */
export function shareText({ used, most, unit }: Use, of = 'of'): string {
  if (unit === '') return `${used} ${of} ${most}`;
  const [size, name] = most >= 1024 * 1024 ? [1024 * 1024, 'MiB'] : [1024, 'KiB'];
  return `${rounded(used / size)} ${of} ${rounded(most / size)} ${name}`;
}

/** Up, so that what is above a limit never looks as if it were not. */
function rounded(value: number): string {
  return (Math.ceil(value * 10) / 10).toFixed(1).replace(/\.0$/, '');
}
