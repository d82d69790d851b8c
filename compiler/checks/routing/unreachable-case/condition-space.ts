import type { When } from '../../../schema/strategy.ts';

/** A set of requests: facts that hold, limits that are exceeded or not, headers that have a value or have not. */
interface Region {
  readonly stream?: boolean;
  readonly tools?: boolean;
  readonly maxTokens: Range;
  readonly promptCharacters: Range;
  readonly headers: Readonly<Record<string, HeaderValue>>;
}

/** Above `over` and not above `upTo`. */
interface Range {
  readonly over: number;
  readonly upTo: number;
}

type HeaderValue = { readonly is: string } | { readonly not: readonly string[] };

const anything: Range = { over: -1, upTo: Number.POSITIVE_INFINITY };
const everything: Region = { maxTokens: anything, promptCharacters: anything, headers: {} };

/** Enough for what people write; beyond it a set of conditions counts as not covering. */
const mostSteps = 10_000;

/** Whether every request that fulfils `condition` (undefined: any request) fulfils one of `others` as well. */
export function covers(others: readonly When[], condition: When | undefined): boolean {
  let steps = 0;
  const isCovered = (region: Region, from: number): boolean => {
    const other = others[from];
    steps += 1;
    if (other === undefined || steps > mostSteps) return false;
    let rest: Region | undefined = region;
    for (const fact of factsOf(other)) {
      if (rest === undefined) return true;
      // What fails this fact has to be covered by the others; the rest goes on to the next fact.
      const failing = narrow(rest, fact, false);
      if (failing !== undefined && !isCovered(failing, from + 1)) return false;
      rest = narrow(rest, fact, true);
    }
    return true;
  };
  const region = factsOf(condition ?? {}).reduce<Region | undefined>(
    (left, fact) => left && narrow(left, fact, true),
    everything,
  );
  return region === undefined || isCovered(region, 0);
}

function factsOf(when: When): readonly When[] {
  return Object.entries(when).flatMap(([name, value]) => (value === undefined ? [] : [{ [name]: value }]));
}

/** The part of a region in which a single fact holds or does not; undefined: none. */
function narrow(region: Region, fact: When, holds: boolean): Region | undefined {
  if (fact.stream !== undefined) return withFlag(region, 'stream', fact.stream === holds);
  if (fact.tools !== undefined) return withFlag(region, 'tools', fact.tools === holds);
  if (fact.maxTokensOver !== undefined) return withRange(region, 'maxTokens', fact.maxTokensOver, holds);
  if (fact.promptCharactersOver !== undefined) {
    return withRange(region, 'promptCharacters', fact.promptCharactersOver, holds);
  }
  return fact.header === undefined ? region : withHeader(region, fact.header, holds);
}

function withFlag(region: Region, name: 'stream' | 'tools', value: boolean): Region | undefined {
  return region[name] === !value ? undefined : { ...region, [name]: value };
}

function withRange(
  region: Region,
  name: 'maxTokens' | 'promptCharacters',
  limit: number,
  exceeds: boolean,
): Region | undefined {
  const { over, upTo } = region[name];
  const range = exceeds ? { over: Math.max(over, limit), upTo } : { over, upTo: Math.min(upTo, limit) };
  return range.over >= range.upTo ? undefined : { ...region, [name]: range };
}

function withHeader(region: Region, { name, equals }: NonNullable<When['header']>, holds: boolean): Region | undefined {
  const known = region.headers[name] ?? { not: [] };
  const isPossible = 'is' in known ? known.is === equals : !known.not.includes(equals);
  if ('is' in known) return isPossible === holds ? region : undefined;
  if (holds && !isPossible) return undefined;
  const value = holds ? { is: equals } : { not: [...known.not, equals] };
  return { ...region, headers: { ...region.headers, [name]: value } };
}
