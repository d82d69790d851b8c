import { failure } from './failure.ts';
import { Duration } from './value.ts';

const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** `1h30m`, `1.5s`, `-2ms`, as the gateway's `duration()` and its settings read them. */
export function parseDuration(text: string): Duration {
  if (!/^-?(?:0|(?:\d+(?:\.\d+)?(?:ms|us|ns|h|m|s))+)$/.test(text)) throw failure(`${text} is no duration`);
  let sum = 0n;
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/g)) {
    sum += BigInt(Math.trunc(Number(amount) * (nanoseconds[unit] ?? 0)));
  }
  return new Duration(text.startsWith('-') ? -sum : sum);
}

export function milliseconds(text: string): number {
  return Number(parseDuration(text).nanoseconds) / 1e6;
}

/** Seconds with the fraction that is needed: `61.5s`. */
export function formatDuration({ nanoseconds: total }: Duration): string {
  const size = total < 0n ? -total : total;
  const fraction = String(size % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${total < 0n ? '-' : ''}${size / 1_000_000_000n}${fraction === '' ? '' : `.${fraction}`}s`;
}
