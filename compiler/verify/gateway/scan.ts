import type { ResolvedTenant } from '../../resolve/model.ts';
import { regexOf } from '../../resolve/patterns.ts';
import type { Resource } from '../../resolve/resources.ts';
import { literal } from './forms.ts';
import { type Law, named, type Subject } from './subject.ts';
import { activeTenants } from './tenants.ts';

type Guardrail = Resource<'Guardrail'>;

/**
 * What no prompt guard does is done by the decision: patterns in detect mode are looked for and logged, those that reject
 * are looked for in the whole body, and a large body may have only so much to mask.
 */
export const scan: Law = function* (subject) {
  const { decision, model } = subject;
  const { metadata, lookups } = decision;
  const looking = new Map([...model.resources.guardrails].filter(([, guardrail]) => looks(guardrail)));
  const active = new Map<string, readonly string[]>();
  for (const [tenant, id] of activeTenants(subject)) {
    if (active.has(id)) continue;
    active.set(id, tenant.guardrails);
    yield* classViolations(subject, id, tenant, looking);
  }
  for (const id of Object.keys(lookups.guards.map))
    if (!active.has(id)) yield `agentgateway.json: metadata guards has class ${id}, which is no tenant's`;
  const used = new Set([...active.values()].flat());
  const guardrails = [...used].flatMap((name) => model.resources.guardrails.get(name) ?? []);
  yield* hitViolations('detections', guardrails.flatMap(detected), metadata['detections'], [
    '[',
    '].filter(h, h != "").join(" ")',
  ]);
  yield* hitViolations('blocked', guardrails.flatMap(blocked), metadata['blocked'], [
    '([',
    '].filter(h, h != "") + [""])[0]',
  ]);
  yield* formViolations(subject, guardrails);
};

const lookedAt = 'metadata.decision != "" && !metadata.decision.startsWith("!") && size(metadata.guards) > 0';

const textForm = String.raw`toJson(json(request.body)).replace("\\\\", "\u001a").replace("\\\"", "\"").replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t").replace("\\b", " ").replace("\\f", " ").replace("\\u000b", " ").replace("\\u001b", " ").replace("\\u0000", " ").replace("\u001a", "\\")`;

interface Hit {
  readonly guardrail: Guardrail;
  readonly cel: string;
}

function detected(guardrail: Guardrail): Hit[] {
  if (guardrail.spec.mode !== 'detect') return [];
  return regexes(guardrail, () => true).map(([name, regex]) =>
    hit(guardrail, matching(regex), literal(`${guardrail.name}/${name}`)),
  );
}

/** A pattern that rejects is a denial, with the guardrail's name; too much to mask is a body that is too large. */
function blocked(guardrail: Guardrail): Hit[] {
  if (guardrail.spec.mode !== 'enforce') return [];
  const rejects = regexes(guardrail, (action) => action === 'reject').map(([, regex]) => matching(regex));
  const masks = regexes(guardrail, (action) => action === 'mask').map(([, regex]) =>
    matching(`(?s)(?:(?:${regex}).*?){50}`),
  );
  return [
    ...(rejects.length === 0
      ? []
      : [hit(guardrail, `(${rejects.join(' || ')})`, literal(`!blocked.${guardrail.name}`))]),
    ...(masks.length === 0
      ? []
      : [hit(guardrail, `size(metadata.text) > 524288 && (${masks.join(' || ')})`, '"!large"')]),
  ];
}

function hit(guardrail: Guardrail, found: string, name: string): Hit {
  return { guardrail, cel: `${literal(guardrail.name)} in metadata.guards && ${found} ? ${name} : ""` };
}

function matching(regex: string): string {
  return `metadata.text.matches(${literal(regex)})`;
}

function looks(guardrail: Guardrail): boolean {
  return detected(guardrail).length + blocked(guardrail).length > 0;
}

/** Telephone numbers are found by no regex: what the gateway calls by that name only its guards know. */
function regexes({ spec }: Guardrail, wanted: (action: string) => boolean): [string, string][] {
  if (!spec.phases.includes('request')) return [];
  return spec.patterns.flatMap((pattern): [string, string][] => {
    const regex = wanted(pattern.action) ? regexOf(pattern) : undefined;
    return regex === undefined ? [] : [[pattern.name, regex]];
  });
}

/** All the patterns that are asked for, and no other. Which comes first changes only the order in a log line. */
function* hitViolations(
  entry: string,
  asked: readonly Hit[],
  expression: string | undefined,
  around: readonly [string, string],
): Iterable<string> {
  const list = listIn(expression, around);
  if (asked.length === 0 && expression === undefined) return;
  if (list === undefined) {
    yield `agentgateway.json: metadata ${entry} is no list of patterns: ${expression ?? 'nothing'} (${asked[0] === undefined ? 'no guardrail asks for it' : named(asked[0].guardrail)})`;
    return;
  }
  for (const { guardrail, cel } of asked)
    if (!list.includes(cel))
      yield `agentgateway.json: metadata ${entry} does not look for ${cel} (${named(guardrail)})`;
  const length = asked.reduce((sum, { cel }) => sum + cel.length, 0) + 2 * Math.max(0, asked.length - 1);
  if (list.length !== length)
    yield `agentgateway.json: metadata ${entry} looks for more than guardrails ask for: ${list}`;
}

function listIn(expression: string | undefined, [start, end]: readonly [string, string]): string | undefined {
  if (!expression?.startsWith(start) || !expression.endsWith(end)) return undefined;
  return expression.slice(start.length, -end.length);
}

function* formViolations(
  { decision: { metadata, lookups } }: Subject,
  guardrails: readonly Guardrail[],
): Iterable<string> {
  if (!guardrails.some(looks)) return;
  const forms: readonly (readonly [string, string | undefined, string])[] = [
    ['guards', lookups.guards.form, 'coalesce(json({…}[metadata.tenant.class]), [])'],
    // Parsed and written again, with line breaks as what they are, so that no escape hides a text or the start of a word.
    ['text', metadata['text'], `${lookedAt} ? ${textForm} : fail("nothing looks at it")`],
    ...(metadata['detections'] === undefined
      ? []
      : [
          ['detected', metadata['detected'], 'metadata.detections == "" ? fail("none") : metadata.detections'] as const,
        ]),
  ];
  for (const [entry, actual, expected] of forms)
    if (actual !== expected)
      yield `agentgateway.json: metadata ${entry} reads ${actual ?? 'nothing'} instead of ${expected}`;
}

/** A class is looked at for each of its guardrails that looks for something, and for no other. */
function* classViolations(
  { decision }: Subject,
  id: string,
  { guardrails, resource }: ResolvedTenant,
  looking: ReadonlyMap<string, Guardrail>,
): Iterable<string> {
  const written = decision.lookups.guards.map[id];
  const guards = written === undefined ? [] : (JSON.parse(written) as readonly string[]);
  const place = `agentgateway.json: metadata guards of class ${id}`;
  for (const name of guardrails) {
    const guardrail = looking.get(name);
    if (guardrail !== undefined && !guards.includes(name))
      yield `${place} lacks ${named(guardrail)} (${named(resource)})`;
  }
  for (const name of guards)
    if (!guardrails.includes(name)) yield `${place} has ${name}, which nobody asked for (${named(resource)})`;
}
