import fc from 'fast-check';
import { Document, isAlias, isMap, isNode, isSeq, type Node, parse, visit } from 'yaml';
import type { Files } from './project.ts';

/** How a tree is written down, as far as nothing may depend on it. */
export interface Style {
  /** Decides the order of keys, and which mappings are flow mappings. */
  readonly seed: number;
  readonly comments: boolean;
  readonly crlf: boolean;
  /** Prefix of anchors where equal parts of a file are written once; undefined: none. */
  readonly anchors: string | undefined;
}

export const styles: fc.Arbitrary<Style> = fc.record({
  seed: fc.nat(),
  comments: fc.boolean(),
  crlf: fc.boolean(),
  anchors: fc.option(fc.constantFrom('a', 'shared', 'x-y'), { nil: undefined }),
});

/** The same values in another hand. */
export function rewritten(files: Files, style: Style): Files {
  const random = generator(style.seed);
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const value = shuffled(parse(text), random);
      const options = { aliasDuplicateObjects: style.anchors !== undefined, anchorPrefix: style.anchors ?? 'a' };
      const document = new Document<Node>(style.anchors === undefined ? value : shared(value, new Map()), options);
      visit(document, (_, node) => {
        if ((isMap(node) || isSeq(node)) && random() < 0.2) node.flow = true;
        if (style.comments && isNode(node) && !isAlias(node) && random() < 0.2) {
          node.comment = ` note ${random()}`;
        }
      });
      const written = document.toString({ lineWidth: 0 });
      return [path, style.crlf ? written.replaceAll('\n', '\r\n') : written];
    }),
  );
}

function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => ({ key, item, rank: random() }));
  entries.sort((a, b) => a.rank - b.rank);
  return Object.fromEntries(entries.map(({ key, item }) => [key, shuffled(item, random)]));
}

/** Equal mappings and lists become one object, which is then written once, with an anchor. */
function shared(value: unknown, known: Map<string, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const text = JSON.stringify(value);
  const first = known.get(text);
  if (first !== undefined) return first;
  const copy = Array.isArray(value)
    ? value.map((item) => shared(item, known))
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shared(item, known)]));
  known.set(text, copy);
  return copy;
}

/** Mulberry32: the same numbers for the same seed. */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
