import type { DecisionTable, RouteType } from '../../../contract/artifacts/decision-table.ts';
import { sortedKeys } from '../../../contract/canonical.ts';
import { regexOf } from '../../resolve/builtin-patterns.ts';
import type { Model } from '../../resolve/model.ts';
import type { Resource } from '../../resolve/resources.ts';
import { surfaces } from '../../table/surfaces.ts';
import { type Cel, jsonMap, literal } from './cel.ts';

type Guardrail = Resource<'Guardrail'>;

/** Whose texts the gateway's prompt guards do not read. */
const unguardedTypes: readonly (RouteType | undefined)[] = ['embeddings', 'anthropicTokenCount'];
const unguardedPaths = sortedKeys(surfaces).filter((path) => unguardedTypes.includes(surfaces[path]?.routeType));

/**
 * Patterns that the decision itself looks for, in the body's JSON as text: those in detect mode, which are only logged,
 * and those that reject, on the paths where no prompt guard looks. The body is parsed and written again, so that no
 * escape hides a text.
 */
export interface Scan {
  readonly entries: readonly (readonly [string, Cel])[];
  /** Whether the decision has to look at `metadata.blocked`. */
  readonly blocks: boolean;
}

/**
 * JSON's escapes undone, so that no text hides behind one and words begin where they do. An escaped backslash is set
 * aside first, or it would take the letter behind it for an escape. Other control characters stay escaped.
 */
const aside = '\u001a';
const escapes = [
  ['\\\\', aside],
  ['\\"', '"'],
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
  [aside, '\\'],
] as const;

const scannedText = escapes.reduce<Cel>(
  (text, [escaped, character]) => `${text}.replace(${literal(escaped)}, ${literal(character)})`,
  'toJson(json(request.body))',
);

export function scanOf(table: DecisionTable, model: Model): Scan {
  const guardrails = [...model.resources.guardrails.values()].filter(({ spec }) => spec.phases.includes('request'));
  const detecting = guardrails.filter(({ spec }) => spec.mode === 'detect' && spec.patterns.length > 0);
  const rejecting = guardrails.filter(({ spec }) => spec.mode === 'enforce' && rejections(spec).length > 0);
  const byClass = guardsByClass(table, new Set([...detecting, ...rejecting].map(({ name }) => name)));
  const scanned = new Set(byClass.flatMap(([, names]) => names));
  const used = (list: readonly Guardrail[]) => list.filter(({ name }) => scanned.has(name));
  const detected = used(detecting).flatMap((guardrail) => hits(guardrail, guardrail.spec.patterns));
  const blocked = used(rejecting).flatMap((guardrail) => hits(guardrail, rejections(guardrail.spec)));
  if (detected.length === 0 && blocked.length === 0) return { entries: [], blocks: false };
  return {
    entries: [
      ['guards', `coalesce(json(${jsonMap(byClass)}[metadata.tenant.class]), [])`],
      ['text', `size(metadata.guards) > 0 ? ${scannedText} : fail("nothing looks at it")`],
      ...detection(detected),
      ...blocking(blocked),
    ],
    blocks: blocked.length > 0,
  };
}

function rejections(spec: Guardrail['spec']): Guardrail['spec']['patterns'] {
  return spec.patterns.filter(({ action }) => action === 'reject');
}

function guardsByClass(table: DecisionTable, names: ReadonlySet<string>): [string, string[]][] {
  return sortedKeys(table.classes).flatMap((id): [string, string[]][] => {
    const own = (table.classes[id]?.guardrails ?? []).filter((name) => names.has(name));
    return own.length === 0 ? [] : [[id, own]];
  });
}

/** `guardrail/pattern` where it matches, else the empty text. */
function hits({ name }: Guardrail, patterns: Guardrail['spec']['patterns']): Cel[] {
  return patterns.flatMap((pattern) => {
    const regex = regexOf(pattern);
    if (regex === undefined) return [];
    const found = `${literal(name)} in metadata.guards && metadata.text.matches(${literal(regex)})`;
    return [`${found} ? ${literal(`${name}/${pattern.name}`)} : ""`];
  });
}

function joined(hits: readonly Cel[]): Cel {
  return `[${hits.join(', ')}].filter(h, h != "").join(" ")`;
}

/** Nothing found is no field in the log. */
function detection(hits: readonly Cel[]): [string, Cel][] {
  if (hits.length === 0) return [];
  return [
    ['detections', joined(hits)],
    ['detected', 'metadata.detections == "" ? fail("none") : metadata.detections'],
  ];
}

function blocking(hits: readonly Cel[]): [string, Cel][] {
  if (hits.length === 0) return [];
  const here = unguardedPaths.map((path) => `request.path == ${literal(path)}`).join(' || ');
  return [['blocked', `${here} ? ${joined(hits)} : ""`]];
}
