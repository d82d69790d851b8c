import fc from 'fast-check';
import { parse } from 'yaml';
import { hostileKeys, hostileScalars, hostileText } from './hostile.ts';

/** path → text, or bytes where a mutation leaves no text. */
export type Mutated = Map<string, string | Uint8Array>;

/** What to do, drawn as numbers so that a failing case shrinks: each is taken modulo what there is. */
export interface Mutation {
  readonly kind: keyof typeof operations;
  readonly file: number;
  readonly at: number;
  readonly other: number;
  readonly pick: number;
}

export function mutate(files: Mutated, mutation: Mutation): void {
  const paths = [...files.keys()];
  const path = of(paths, mutation.file);
  const content = path === undefined ? undefined : files.get(path);
  if (path === undefined || typeof content !== 'string') return;
  operations[mutation.kind](files, path, content, mutation);
}

type Operation = (files: Mutated, path: string, text: string, mutation: Mutation) => void;

/** Each changes one file (or moves it); what it makes need not be YAML. */
const operations = {
  deleteLine: lines((all, at) => all.splice(at, 1)),
  duplicateLine: lines((all, at) => all.splice(at, 0, all[at] ?? '')),
  swapLines: lines((all, at, { other }) => {
    const to = other % all.length;
    [all[at], all[to]] = [all[to] ?? '', all[at] ?? ''];
  }),
  indent: lines((all, at, { pick }) => all.splice(at, 1, `${' '.repeat(pick % 5)}${all[at] ?? ''}`)),
  dedent: lines((all, at, { pick }) => all.splice(at, 1, (all[at] ?? '').slice(pick % 5))),
  scalar: lines((all, at, { pick }) => {
    all[at] = (all[at] ?? '').replace(/: .*$/, () => `: ${of(hostileScalars, pick)}`);
  }),
  key: lines((all, at, { pick }) => {
    all[at] = (all[at] ?? '').replace(/[\w-]+:/, () => `${of(hostileKeys, pick)}:`);
  }),
  insert: (files, path, text, { at, other, pick }) => {
    const offset = at % (text.length + 1);
    files.set(path, text.slice(0, offset) + of(hostileText, pick) + text.slice(offset + (other % 4)));
  },
  bytes: (files, path, text, { at, other, pick }) => {
    const bytes = new TextEncoder().encode(text);
    bytes.set([pick % 256, other % 256].slice(0, Math.max(0, bytes.length)), at % Math.max(1, bytes.length - 1));
    files.set(path, bytes);
  },
  cut: (files, path, text, { at }) => files.set(path, text.slice(0, at % (text.length + 1))),
  removeFile: (files, path) => files.delete(path),
  moveFile: (files, path, text, { other }) => {
    files.delete(path);
    files.set(of([...files.keys()], other)?.replace(/[^/]*$/, `x${path.replace(/^.*\//, '')}`) ?? path, text);
  },
  copyOver: (files, path, _text, { other }) => {
    const source = files.get(of([...files.keys()], other) ?? path);
    if (source !== undefined) files.set(path, source);
  },
  value: nodes((holder, key, { pick }) => Reflect.set(holder, key, scalarOf(pick))),
  /** Most often still what the schema wants: such cases come far into the compiler. */
  likeness: nodes((holder, key, { pick }, everything) => {
    const others = everything.filter((one) => one.key === key);
    if (others.length > 0) Reflect.set(holder, key, of(others, pick)?.value);
  }),
  amount: nodes((holder, key, { pick }) => {
    const value: unknown = Reflect.get(holder, key);
    if (typeof value === 'number') Reflect.set(holder, key, [0, 1, value * 10, value + 1, -value][pick % 5]);
    if (typeof value === 'string')
      Reflect.set(
        holder,
        key,
        value.replace(/\d+/, (digits) => String(Number(digits) * (pick % 12))),
      );
  }),
  fewer: nodes((holder, key, { pick }) => {
    const value: unknown = Reflect.get(holder, key);
    if (Array.isArray(value))
      Reflect.set(
        holder,
        key,
        value.filter((_, index) => index !== pick % value.length),
      );
  }),
  splice: nodes((holder, key, { other }, everything) => Reflect.set(holder, key, of(everything, other)?.value)),
  wrap: nodes((holder, key, { pick }) => Reflect.set(holder, key, wrapped(Reflect.get(holder, key), pick))),
  drop: nodes((holder, key) => Reflect.deleteProperty(holder, key)),
  rename: nodes((holder, key, { pick }) => {
    if (Array.isArray(holder)) return;
    Object.defineProperty(holder, scalarKey(pick), property(Reflect.get(holder, key)));
    Reflect.deleteProperty(holder, key);
  }),
  add: nodes((holder, _key, { pick, other }, everything) => {
    if (Array.isArray(holder)) return;
    Object.defineProperty(holder, scalarKey(pick), property(of(everything, other)?.value));
  }),
} satisfies Readonly<Record<string, Operation>>;

const all = Object.keys(operations) as (keyof typeof operations)[];
const gentle: typeof all = ['likeness', 'amount', 'fewer', 'drop'];
const kinds: typeof all = [...all, ...gentle, ...gentle, ...gentle];

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    file: fc.nat(),
    at: fc.nat(),
    other: fc.nat(),
    pick: fc.nat(),
  }),
  { minLength: 1, maxLength: 4 },
);

function lines(change: (all: string[], at: number, mutation: Mutation) => unknown): Operation {
  return (files, path, text, mutation) => {
    const all = text.split('\n');
    change(all, mutation.at % all.length, mutation);
    files.set(path, all.join('\n'));
  };
}

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

/** Changes one place of the value and writes it as JSON, which is YAML: the structure is wrong, never the syntax. */
function nodes(
  change: (holder: object, key: string, mutation: Mutation, everything: readonly Entry[]) => unknown,
): Operation {
  return (files, path, text, mutation) => {
    const value = parsed(text);
    const place = of([...placesOf(value)], mutation.at);
    if (place === undefined) return;
    const source = files.get(of([...files.keys()], mutation.other) ?? path);
    const everything = [...placesOf(typeof source === 'string' ? parsed(source) : value)];
    change(
      place.holder,
      place.key,
      mutation,
      everything.map(({ holder, key }) => ({ key, value: copy(Reflect.get(holder, key)) })),
    );
    files.set(path, `${JSON.stringify(value, null, 1)}\n`);
  };
}

function parsed(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

function* placesOf(value: unknown): Generator<{ holder: object; key: string }> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    yield { holder: value, key };
    yield* placesOf(Reflect.get(value, key));
  }
}

function copy(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function property(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

function wrapped(value: unknown, pick: number): unknown {
  return [[value], { x: value }, [value, value], { [scalarKey(pick)]: value }, []][pick % 5];
}

function scalarOf(pick: number): unknown {
  const text = of(hostileScalars, pick) ?? '';
  return [text, pick, -1, 0.5, true, null, [], {}, 1e9, parsed(text) ?? ''][(pick >> 8) % 10];
}

function scalarKey(pick: number): string {
  return (of(hostileKeys, pick) ?? 'x').replaceAll('"', '');
}

function of<T>(list: readonly T[], index: number): T | undefined {
  return list[index % Math.max(1, list.length)];
}
