import type { Json } from '../../../contract/canonical.ts';
import { formatDuration } from './duration.ts';
import { failure } from './failure.ts';
import { doubleAsJson } from './number-text.ts';
import { type CelMap, Duration, isList, isMap, type Key, Type, Uint, type Value } from './value.ts';

/**
 * JSON as the gateway's expressions read it. JSON.parse would not do: whole numbers are unsigned integers here and 5.0
 * is a double, the last of two equal keys wins, a lone surrogate and a depth of more than 128 are errors.
 */
export function parseJson(text: string): Value {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

/** A top-level field, read without a look at the other fields or at what follows: how the gateway reads `json(x).field`. */
export function parseJsonField(text: string, field: string): Value | undefined {
  return new Reader(text).field(field);
}

const space = /[ \t\n\r]*/y;
const numberToken = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them within a string.
const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const word = /true|false|null/y;
const maximumDepth = 128;
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

class Reader {
  readonly #text: string;
  #at = 0;
  /** Within what is skipped nobody looks at halves of characters. */
  #skips = false;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Value {
    if (depth >= maximumDepth) throw failure('the JSON is nested too deeply');
    switch (this.#next()) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      default:
        return this.#scalar();
    }
  }

  field(name: string): Value | undefined {
    let found: Value | undefined;
    this.#take('{');
    if (this.#next() === '}') return undefined;
    do {
      this.#next();
      const key = this.#string();
      this.#take(':');
      this.#skips = key !== name;
      const value = this.value(1);
      if (!this.#skips) found = value;
      this.#skips = false;
    } while (this.#comma());
    this.#take('}');
    return found;
  }

  end(): void {
    if (this.#next() !== undefined) throw failure(`unexpected text behind the JSON at ${this.#at}`);
  }

  #next(): string | undefined {
    this.#token(space);
    return this.#text[this.#at];
  }

  #token(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }

  #take(character: string): void {
    if (this.#next() !== character) throw failure(`the JSON has no ${character} at ${this.#at}`);
    this.#at += 1;
  }

  #object(depth: number): CelMap {
    const map = new Map<Key, Value>();
    this.#take('{');
    if (this.#next() !== '}') {
      do {
        this.#next();
        const key = this.#string();
        this.#take(':');
        map.set(key, this.value(depth + 1));
      } while (this.#comma());
    }
    this.#take('}');
    return map;
  }

  #array(depth: number): Value[] {
    const items: Value[] = [];
    this.#take('[');
    if (this.#next() !== ']') {
      do items.push(this.value(depth + 1));
      while (this.#comma());
    }
    this.#take(']');
    return items;
  }

  #comma(): boolean {
    if (this.#next() !== ',') return false;
    this.#at += 1;
    return true;
  }

  #string(): string {
    const token = this.#token(stringToken);
    if (token === undefined) throw failure(`the JSON has no string at ${this.#at}`);
    const text = JSON.parse(token[0]) as string;
    if (!this.#skips && /\p{Surrogate}/u.test(text)) throw failure('the JSON has half a character');
    return text;
  }

  #scalar(): Value {
    const literal = this.#token(word);
    if (literal !== undefined) return words[literal[0]] ?? null;
    const token = this.#token(numberToken);
    if (token === undefined) throw failure(`the JSON has no value at ${this.#at}`);
    return numberOf(token);
  }
}

function numberOf([token, fraction, exponent]: RegExpExecArray): Value {
  const double = Number(token);
  if (!Number.isFinite(double)) throw failure(`the number ${token} is too large`);
  if (fraction !== undefined || exponent !== undefined || token === '-0') return double;
  const whole = BigInt(token);
  if (whole > 0xffff_ffff_ffff_ffffn || whole < -0x8000_0000_0000_0000n) return double;
  return whole < 0n ? whole : new Uint(whole);
}

/**
 * What becomes of a value that is kept: metadata and claims are kept as JSON. Unlike those that `json()` reads, their
 * whole numbers are signed.
 */
export function kept(value: Value): Value {
  if (isList(value)) return value.map(kept);
  if (isMap(value)) return new Map([...value].map(([key, item]) => [String(key), kept(item)]));
  if (value instanceof Uint) return BigInt.asIntN(64, value.value) === value.value ? value.value : value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Duration) return formatDuration(value);
  return value instanceof Type ? value.name : value;
}

/** A value that came from JSON, such as a claim. */
export function fromJson(value: Json): Value {
  return kept(parseJson(JSON.stringify(value)));
}

/** JSON text. The gateway's own order of keys is random. */
export function toJsonText(value: Value): string {
  if (isList(value)) return `[${value.map(toJsonText).join(',')}]`;
  if (isMap(value)) {
    return `{${[...value].map(([key, item]) => `${JSON.stringify(String(key))}:${toJsonText(item)}`).join(',')}}`;
  }
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (value instanceof Duration) return JSON.stringify(formatDuration(value));
  if (value instanceof Type) return JSON.stringify(value.name);
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'number' ? doubleAsJson(value) : JSON.stringify(value);
}

export function toJson(value: Value): Json {
  return JSON.parse(toJsonText(value)) as Json;
}
