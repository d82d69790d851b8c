import { type DecisionTable, denials } from '../../../contract/artifacts/decision-table.ts';
import { sortedKeys } from '../../../contract/canonical.ts';
import type { Model } from '../../resolve/model.ts';
import { manyMatches, maskLimits, regexOf } from '../../resolve/patterns.ts';
import type { Resource } from '../../resolve/resources.ts';
import { type Cel, denies, jsonMap, literal } from './cel.ts';

type Guardrail = Resource<'Guardrail'>;
type Pattern = Guardrail['spec']['patterns'][number];

/**
 * What the decision itself looks for, in the whole body as JSON text: patterns in detect mode, which are only logged;
 * patterns that reject, because prompt guards read some fields of some paths only; and bodies in which a mask would have
 * so much to do that it stalls the gateway. The body is parsed and written again, so that no escape hides a text.
 */
export interface Scan {
  readonly entries: readonly (readonly [string, Cel])[];
  /** Whether the decision has to look at `metadata.blocked`. */
  readonly blocks: boolean;
}

/** Decision of a guardrail that rejects. It has a route of its own, with the guardrail's status and message. */
function blockedBy(guardrail: string): string {
  return `${denials.blocked}.${guardrail}`;
}

/**
 * JSON's escapes undone, so that no text hides behind one and words begin where they do. An escaped backslash is set
 * aside first, or it would take the letter behind it for an escape. Control characters that no text has stay escaped.
 */
const aside = '\u001a';
const escapes = [
  ['\\\\', aside],
  ['\\"', '"'],
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
  ['\\b', ' '],
  ['\\f', ' '],
  ['\\u000b', ' '],
  ['\\u001b', ' '],
  ['\\u0000', ' '],
  [aside, '\\'],
] as const;

const scannedText = escapes.reduce<Cel>(
  (text, [escaped, character]) => `${text}.replace(${literal(escaped)}, ${literal(character)})`,
  'toJson(json(request.body))',
);

export function scanOf(table: DecisionTable, model: Model): Scan {
  const guardrails = [...model.resources.guardrails.values()].filter(({ spec }) => spec.phases.includes('request'));
  const looking = guardrails.filter((guardrail) => looksFor(guardrail).length > 0);
  const byClass = guardsByClass(table, new Set(looking.map(({ name }) => name)));
  const scanned = new Set(byClass.flatMap(([, names]) => names));
  const used = looking.filter(({ name }) => scanned.has(name));
  if (used.length === 0) return { entries: [], blocks: false };
  const detected = used.filter(({ spec }) => spec.mode === 'detect').flatMap(detections);
  const blocked = used.filter(({ spec }) => spec.mode === 'enforce').flatMap((g) => [...rejection(g), ...maskLimit(g)]);
  const looks = `metadata.decision != "" && !${denies('metadata.decision')} && size(metadata.guards) > 0`;
  return {
    entries: [
      ['guards', `coalesce(json(${jsonMap(byClass)}[metadata.tenant.class]), [])`],
      ['text', `${looks} ? ${scannedText} : fail("nothing looks at it")`],
      ...detection(detected),
      ...(blocked.length === 0 ? [] : [['blocked', firstOf(blocked)] as const]),
    ],
    blocks: blocked.length > 0,
  };
}

/** Patterns of a guardrail for which the decision has something to do, with the regex of each. */
function looksFor({ spec }: Guardrail): readonly (readonly [Pattern, string])[] {
  return spec.patterns.flatMap((pattern) => {
    const regex = regexOf(pattern);
    return regex === undefined ? [] : [[pattern, regex] as const];
  });
}

function guardsByClass(table: DecisionTable, names: ReadonlySet<string>): [string, string[]][] {
  return sortedKeys(table.classes).flatMap((id): [string, string[]][] => {
    const own = (table.classes[id]?.guardrails ?? []).filter((name) => names.has(name));
    return own.length === 0 ? [] : [[id, own]];
  });
}

function applies({ name }: Guardrail): Cel {
  return `${literal(name)} in metadata.guards`;
}

function matches(regex: string): Cel {
  return `metadata.text.matches(${literal(regex)})`;
}

/** `guardrail/pattern` where it matches, else the empty text. */
function detections(guardrail: Guardrail): Cel[] {
  return looksFor(guardrail).map(
    ([{ name }, regex]) => `${applies(guardrail)} && ${matches(regex)} ? ${literal(`${guardrail.name}/${name}`)} : ""`,
  );
}

/** Nothing found is no field in the log. */
function detection(hits: readonly Cel[]): (readonly [string, Cel])[] {
  if (hits.length === 0) return [];
  return [
    ['detections', `[${hits.join(', ')}].filter(h, h != "").join(" ")`],
    ['detected', 'metadata.detections == "" ? fail("none") : metadata.detections'],
  ];
}

function rejection(guardrail: Guardrail): Cel[] {
  const regexes = looksFor(guardrail).flatMap(([{ action }, regex]) => (action === 'reject' ? [matches(regex)] : []));
  if (regexes.length === 0) return [];
  return [`${applies(guardrail)} && (${regexes.join(' || ')}) ? ${literal(blockedBy(guardrail.name))} : ""`];
}

function maskLimit(guardrail: Guardrail): Cel[] {
  const many = looksFor(guardrail).flatMap(([{ action }, regex]) =>
    action === 'mask' ? [matches(manyMatches(regex))] : [],
  );
  if (many.length === 0) return [];
  const large = `size(metadata.text) > ${maskLimits.bytes}`;
  return [`${applies(guardrail)} && ${large} && (${many.join(' || ')}) ? ${literal(denials.large)} : ""`];
}

/** What hits first, else the empty text. */
function firstOf(hits: readonly Cel[]): Cel {
  return `([${hits.join(', ')}].filter(h, h != "") + [""])[0]`;
}
