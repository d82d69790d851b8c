import type { Alias, Pair, ParsedNode, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { isExact } from '../diagnostics/exact.ts';
import { secretsIn } from '../diagnostics/secret.ts';
import { closest } from '../diagnostics/suggest.ts';
import { maxAliasedValues, maxAliases, maxDepth, maxProblems, maxValues } from './limits.ts';
import { Marks, type Span } from './marks.ts';
import type { Problem } from './problem.ts';
import { plainValue } from './scalar.ts';
import { secretProblem } from './secret-problem.ts';

export interface Built {
  readonly value: unknown;
  readonly marks: Marks;
  readonly problems: readonly Problem[];
  /** Something of the text is not in `value`. */
  readonly lossy: boolean;
  /** A limit was passed: `value` is not to be used. */
  readonly stopped: boolean;
}

interface Anchor {
  readonly index: number;
  readonly value: unknown;
  /** Values below the anchor, aliases counted as if they were written out. */
  readonly size: number;
  readonly height: number;
}

/** What a `Builder` says while the value of an anchor is being read. */
const unfinished = 'unfinished';

/** Keys that could reach an object's prototype somewhere between here and an artifact. */
const reservedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Builds plain data out of YAML nodes and notes where each value stands. Own code instead of `toJS()`: limits hold before
 * anything is expanded (an alias shares the value of its anchor, its size is added up), and no key reaches a prototype.
 */
export function build(root: ParsedNode): Built {
  const builder = new Builder();
  const value = builder.node(root, undefined, undefined, 0);
  return {
    value: builder.stopped ? undefined : value,
    marks: builder.marks,
    problems: builder.problems,
    lossy: builder.lossy,
    stopped: builder.stopped,
  };
}

class Builder {
  readonly marks = new Marks();
  readonly problems: Problem[] = [];
  lossy = false;
  stopped = false;
  #aliases = 0;
  /** Values that aliases add. */
  #added = 0;
  #deepest = 0;
  readonly #anchors = new Map<string, Anchor | typeof unfinished>();

  node(node: ParsedNode, name: string | number | undefined, key: Span | undefined, depth: number): unknown {
    if (this.stopped) return undefined;
    const index = this.marks.open(name, key?.start ?? -1, key?.end ?? -1);
    if (index >= maxValues) return this.#stop('yaml/too-many-values', `more than ${maxValues} values`, spanOf(node));
    if (depth > maxDepth) return this.#stop('yaml/too-deep', `nested deeper than ${maxDepth} levels`, spanOf(node));
    if (depth > this.#deepest) this.#deepest = depth;
    if (isAlias(node)) return this.#alias(node, index, depth);
    if (node.tag !== undefined) this.#tag(node);
    if (node.anchor !== undefined) return this.#anchored(node, node.anchor, index, depth);
    return this.#content(node, index, depth);
  }

  #content(node: Exclude<ParsedNode, Alias.Parsed>, index: number, depth: number): unknown {
    if (isMap(node)) return this.#map(node, index, depth);
    if (isSeq(node)) return this.#list(node, index, depth);
    this.marks.close(index, node.range[0], node.range[1]);
    return this.#scalar(node);
  }

  #map(map: YAMLMap.Parsed, index: number, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const pair of map.items) {
      const name = this.#key(pair);
      const value = pair.value;
      const key = spanOf(pair.key);
      if (name === undefined || Object.hasOwn(result, name)) {
        this.lossy = true;
        if (name !== undefined) this.#duplicate(map, name, key);
        if (value !== null) this.node(value, undefined, key, depth + 1);
        else this.#absent(undefined, key);
      } else {
        result[name] = value === null ? this.#absent(name, key) : this.node(value, name, key, depth + 1);
      }
      if (this.stopped) break;
    }
    this.#closeCollection(map, index);
    return result;
  }

  /** A key without `:`, which is a syntax error, counts as one without a value. */
  #absent(name: string | undefined, key: Span): null {
    this.marks.close(this.marks.open(name, key.start, key.end), key.end, key.end);
    return null;
  }

  #list(list: YAMLSeq.Parsed, index: number, depth: number): unknown[] {
    const result: unknown[] = [];
    for (const item of list.items) {
      if (this.stopped) break;
      result.push(this.node(item, result.length, undefined, depth + 1));
    }
    this.#closeCollection(list, index);
    return result;
  }

  /** yaml counts the space after a block collection as its own; a reader does not. */
  #closeCollection(node: YAMLMap.Parsed | YAMLSeq.Parsed, index: number): void {
    const last = this.marks.count - 1;
    const lastEnd = Math.max(this.marks.value(last).end, this.marks.key(last)?.end ?? 0);
    const end = node.flow === true || last === index ? node.range[1] : lastEnd;
    this.marks.close(index, node.range[0], end);
  }

  /** `undefined`: the entry is left out, and a finding says why. */
  #key(pair: Pair<ParsedNode, ParsedNode | null>): string | undefined {
    const { key } = pair;
    if (!isScalar(key)) {
      const hint = 'write a string as the key; quote it if the bracket or sign is text';
      this.#problem('yaml/non-string-key', 'a key must be a string, not a list, mapping or alias', spanOf(key), hint);
      return undefined;
    }
    if (key.tag !== undefined) this.#tag(key);
    const name = String(key.value);
    if (key.anchor !== undefined) this.#anchors.set(key.anchor, { index: 0, value: name, size: 1, height: 0 });
    this.#secret(key, name);
    if (key.type === 'PLAIN' && !this.#plainKey(name, spanOf(key))) return undefined;
    if (!reservedKeys.has(name)) return name;
    this.#problem(
      'yaml/reserved-key',
      `the key "${name}" is reserved: in JavaScript it reaches the prototype of an object`,
      spanOf(key),
      'use another name',
    );
    return undefined;
  }

  #plainKey(name: string, span: Span): boolean {
    if (name === '<<') {
      const hint = 'write the fields out, or alias a whole value';
      this.#problem('yaml/merge-key', 'the merge key "<<" is not part of YAML 1.2 and is not supported', span, hint);
      return false;
    }
    const value = plainValue(name);
    if (typeof value === 'string') return true;
    const hint = name === '' ? 'write the key before the ":"' : `quote it: "${name}"`;
    const message =
      name === '' ? 'the key is empty' : `a key must be a string, this is the ${describePlain(value)} ${name}`;
    this.#problem('yaml/non-string-key', message, span, hint);
    return name !== '';
  }

  #duplicate(map: YAMLMap.Parsed, name: string, span: Span): void {
    if (this.problems.length >= maxProblems) return;
    const first = map.items.find(({ key }) => isScalar(key) && key.value === name);
    this.problems.push({
      code: 'yaml/duplicate-key',
      message: `the key "${name}" stands here a second time; only the first one counts`,
      span,
      hint: 'delete one of the two',
      ...(first === undefined ? {} : { related: { message: `"${name}" stands here first`, span: spanOf(first.key) } }),
    });
  }

  #scalar(node: Scalar): unknown {
    const text = String(node.value);
    if (node.type === 'PLAIN') {
      const value = plainValue(text);
      if (typeof value === 'number' && !isExact(value)) this.#number(text, value, spanOf(node));
      return value;
    }
    this.#secret(node, text);
    if (node.type === 'QUOTE_DOUBLE' && /\p{Cs}/u.test(text)) {
      const message = 'the string contains half of a surrogate pair, which is no character';
      this.#problem('yaml/surrogate', message, spanOf(node), 'write the character itself, or \\U with eight digits');
    }
    return text;
  }

  /** What escapes spell: the text of the file itself is searched where it is decoded. */
  #secret(node: Scalar, text: string): void {
    const span = spanOf(node);
    if (node.type !== 'QUOTE_DOUBLE' || text.length + 2 === span.end - span.start) return;
    for (const found of secretsIn(text).slice(0, 1)) this.problems.push(secretProblem(found, span));
  }

  #number(text: string, value: number, span: Span): void {
    const message = Number.isFinite(value)
      ? `the number ${text} cannot be held exactly: it would become ${BigInt(value)}`
      : `${text} is not a finite number`;
    this.#problem('yaml/number', message, span, `write a smaller number, or quote it if it is text: "${text}"`);
  }

  #tag(node: Exclude<ParsedNode, Alias.Parsed>): void {
    const message = `tags are not supported (${node.tag}): a value's type follows from how it is written`;
    this.#problem('yaml/tag', message, spanOf(node), 'delete the tag; quote the value if it is text');
  }

  #anchored(node: Exclude<ParsedNode, Alias.Parsed>, name: string, index: number, depth: number): unknown {
    const addedBefore = this.#added;
    const deepestOutside = this.#deepest;
    this.#deepest = depth;
    this.#anchors.set(name, unfinished);
    const value = this.#content(node, index, depth);
    const size = this.marks.count - index + this.#added - addedBefore;
    this.#anchors.set(name, { index, value, size, height: this.#deepest - depth });
    this.#deepest = Math.max(deepestOutside, this.#deepest);
    return value;
  }

  #alias(alias: Alias.Parsed, index: number, depth: number): unknown {
    const span = spanOf(alias);
    const anchor = this.#anchors.get(alias.source);
    if (anchor === undefined || anchor === unfinished) {
      this.marks.close(index, span.start, span.end);
      return this.#brokenAlias(alias.source, anchor === unfinished, span);
    }
    this.marks.closeAlias(index, span.start, span.end, anchor.index);
    this.#aliases += 1;
    this.#added += anchor.size;
    if (this.#aliases > maxAliases) return this.#stop('yaml/alias-limit', `more than ${maxAliases} aliases`, span);
    if (this.#added > maxAliasedValues) {
      return this.#stop('yaml/alias-limit', `aliases that add more than ${maxAliasedValues} values`, span);
    }
    const deepest = depth + anchor.height;
    if (deepest > maxDepth) return this.#stop('yaml/too-deep', `nested deeper than ${maxDepth} levels`, span);
    if (deepest > this.#deepest) this.#deepest = deepest;
    return anchor.value;
  }

  #brokenAlias(name: string, recursive: boolean, span: Span): undefined {
    this.lossy = true;
    const message = recursive
      ? `the alias *${name} stands inside the value of its own anchor &${name}: the value would never end`
      : `the alias *${name} has no anchor &${name} before it`;
    const known = recursive ? undefined : closest(name, this.#anchors.keys());
    const hint =
      known === undefined ? 'write the value out; quote the text if it is no alias' : `did you mean *${known}?`;
    this.#problem('yaml/anchor', message, span, hint);
    return undefined;
  }

  #stop(code: Problem['code'], what: string, span: Span): undefined {
    this.stopped = true;
    this.lossy = true;
    const message = `the file has ${what}; it is not read further`;
    // The end of a deep value depends on where yaml ran out of stack, so that only its start is said.
    const start = { start: span.start, end: span.start + 1 };
    this.problems.push({ code, message, span: start, hint: 'write it simpler or split the file' });
    return undefined;
  }

  #problem(code: Problem['code'], message: string, span: Span, hint: string): void {
    if (this.problems.length >= maxProblems) return;
    this.problems.push({ code, message, span, hint });
  }
}

function spanOf(node: { readonly range?: readonly number[] | null | undefined } | null): Span {
  const start = node?.range?.[0] ?? 0;
  return { start, end: node?.range?.[1] ?? start };
}

function describePlain(value: string | number | boolean | null): string {
  if (value === null) return 'null value';
  return typeof value;
}
