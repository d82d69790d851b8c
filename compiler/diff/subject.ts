import type { Json } from '../../contract/canonical.ts';
import { byCodeUnit } from '../../contract/canonical.ts';
import type { AnalysedEnvironment, Analysis } from '../analysis.ts';
import type { Origin } from '../diagnostics/finding.ts';
import type { Resource } from '../resolve/resources.ts';
import type { Kind } from '../schema/kinds.ts';
import type { Change, ChangePlace } from './change.ts';
import { compare, type Difference } from './compare.ts';
import type { ComparedKind } from './fields/fields.ts';
import { movedOf, riskOf } from './movement.ts';
import { type SentenceNotes, sentenceOf } from './sentence.ts';
import { type Key, type Keying, sourcePath, treeOf } from './tree.ts';

/** Both models, and what they share. */
export interface Sides {
  readonly before: Analysis;
  readonly after: Analysis;
  /** Sorted names of the environments of either side. */
  readonly environments: readonly string[];
}

/** An environment that both sides have. */
export interface EnvironmentPair {
  readonly name: string;
  readonly before: AnalysedEnvironment;
  readonly after: AnalysedEnvironment;
}

/** One side of what is compared: a tree, and where its values stand. */
export interface Subject {
  readonly kind: ComparedKind;
  readonly name: string;
  readonly tree: Json;
  origin(path: readonly Key[]): Origin;
  /** Who decided a value, where that is not the subject's own file. Equal on both sides: the decider's change says it. */
  readonly decider?: (path: readonly Key[]) => string | undefined;
  /** Whom a value reaches. */
  readonly reach?: (path: readonly Key[]) => string | undefined;
}

/** A resource as a subject: its tree is the file's, with lists of objects by name. */
export function resourceSubject(
  kind: ComparedKind,
  resource: Resource<Kind>,
  keyings: readonly Keying[] = [],
): Subject {
  const { name, file, metadata, spec } = resource;
  const value = { metadata, spec };
  return {
    kind,
    name,
    tree: treeOf(value, keyings),
    origin: (path) => ({ file, path: sourcePath(value, keyings, path) }),
  };
}

/** All changes from one side of a subject to the other; undefined: the subject is not there. */
export function* changesOf(
  sides: Sides,
  before: Subject | undefined,
  after: Subject | undefined,
  environments: readonly string[],
): Iterable<Change> {
  const subject = after ?? before;
  if (subject === undefined) return;
  for (const difference of compare(subject.kind, before?.tree, after?.tree)) {
    const change = changeOf(sides, { before, after, subject }, difference, environments);
    if (change !== undefined) yield change;
  }
}

interface Pair {
  readonly before: Subject | undefined;
  readonly after: Subject | undefined;
  readonly subject: Subject;
}

function changeOf(
  sides: Sides,
  pair: Pair,
  difference: Difference,
  environments: readonly string[],
): Change | undefined {
  const { path, before, after, field } = difference;
  const moved = movedOf(field, before, after);
  const decider = pair.after?.decider?.(path);
  const isOfDecider = decider !== undefined && decider === pair.before?.decider?.(path);
  if (moved.movements.length === 0 || isOfDecider) return undefined;
  const subject = { kind: pair.subject.kind, name: pair.subject.name };
  const side = after === undefined ? 'base' : 'head';
  const origin = (after === undefined ? pair.before : pair.after)?.origin(path);
  return {
    environments,
    subject,
    field: fieldText(path),
    before: before ?? null,
    after: after ?? null,
    risk: riskOf(field.risk, moved, before, after),
    sentence: sentenceOf(subject, difference, moved, notesOf(pair, difference)),
    place: placeOf(sides, side, origin),
  };
}

function notesOf(pair: Pair, { path, before, after }: Difference): SentenceNotes {
  return {
    before: before === undefined ? undefined : pair.before?.decider?.(path),
    after: after === undefined ? undefined : pair.after?.decider?.(path),
    end: (pair.after ?? pair.before)?.reach?.(path),
  };
}

export function placeOf(sides: Sides, side: ChangePlace['side'], origin: Origin | undefined): ChangePlace {
  const { documents } = side === 'base' ? sides.before : sides.after;
  const start = { line: 1, column: 1 };
  if (origin === undefined) return { file: '', range: { start, end: start }, side };
  const range = documents.get(origin.file)?.locate(origin.path, origin.key) ?? { start, end: start };
  return { file: origin.file, range, path: origin.path, side };
}

/** `spec.models["gpt-4.1"].targets`: keys that are no plain words are quoted. */
export function fieldText(path: readonly Key[]): string {
  return path
    .map((key, index) => (/^[\w-]+$/.test(key) ? `${index === 0 ? '' : '.'}${key}` : `[${JSON.stringify(key)}]`))
    .join('');
}

/** Names of both sides' entries, sorted. */
export function namesOf(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort(byCodeUnit);
}
