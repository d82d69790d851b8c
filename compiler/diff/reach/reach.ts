import { byCodeUnit, type Json } from '../../../contract/canonical.ts';
import type { Change } from '../change.ts';
import { titleOf } from '../sentence.ts';
import { type EnvironmentPair, placeOf, type Sides } from '../subject.ts';
import { pairTenants } from '../subjects/tenants.ts';
import { counted, fill, listText } from '../words.ts';
import { type ReachItem, reachRules } from './item.ts';
import { itemsOf, type PresentPair, reachKey } from './items.ts';

/**
 * What tenants gain and lose through everything between them and a model: profile, aliases, wildcards, deny lists,
 * residency, mandatory guardrails. What one cause does to many tenants is one change.
 */
export function* reachChanges(sides: Sides, environments: EnvironmentPair): Iterable<Change> {
  const groups = groupTenants(environments);
  for (const bundle of bundlesOf(environments, groups)) {
    const tenants = bundle.keys
      .flatMap((key) => groups.get(key)?.map(({ after }) => after.name) ?? [])
      .sort(byCodeUnit);
    yield* changeOf(sides, environments.name, bundle, tenants);
  }
}

function groupTenants(environments: EnvironmentPair): Map<string, PresentPair[]> {
  const groups = new Map<string, PresentPair[]>();
  for (const { before, after } of pairTenants(environments.before.model, environments.after.model)) {
    if (before === undefined || after === undefined) continue;
    const key = reachKey(environments, { before, after });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ before, after }]);
    else group.push({ before, after });
  }
  return groups;
}

/** Items that the same tenants share. */
interface Bundle {
  readonly first: ReachItem;
  readonly names: string[];
  /** Keys of the groups of tenants. */
  readonly keys: readonly string[];
}

function bundlesOf(environments: EnvironmentPair, groups: ReadonlyMap<string, readonly PresentPair[]>): Bundle[] {
  const keysOfItem = new Map<string, { item: ReachItem; keys: string[] }>();
  for (const [key, [first]] of groups) {
    for (const item of first === undefined ? [] : itemsOf(environments, first)) {
      const id = JSON.stringify([item.aspect, item.direction, item.through, item.name]);
      const known = keysOfItem.get(id);
      if (known === undefined) keysOfItem.set(id, { item, keys: [key] });
      else known.keys.push(key);
    }
  }
  const bundles = new Map<string, Bundle>();
  for (const { item, keys } of keysOfItem.values()) {
    const id = JSON.stringify([item.aspect, item.direction, item.through, keys]);
    const known = bundles.get(id);
    if (known === undefined) bundles.set(id, { first: item, names: [item.name], keys });
    else known.names.push(item.name);
  }
  return [...bundles.values()];
}

function* changeOf(sides: Sides, environment: string, bundle: Bundle, tenants: readonly string[]): Iterable<Change> {
  const { aspect, direction, through, origin } = bundle.first;
  const rule = reachRules[aspect][direction];
  if (rule === undefined) return;
  const names = [...new Set(bundle.names)].sort(byCodeUnit);
  const [only, ...more] = tenants;
  const isOne = only !== undefined && more.length === 0;
  const subject = isOne
    ? ({ kind: 'tenant', name: only } as const)
    : ({ kind: 'tenants', name: listText(tenants) } as const);
  const noun = aspect === 'guardrails' ? 'guardrail' : 'model';
  const side = direction === 'lost' ? 'base' : 'head';
  yield {
    environments: [environment],
    subject,
    field: `access.${aspect}`,
    before: direction === 'gained' ? null : toldValue(bundle.first, 'before', tenants, names),
    after: direction === 'lost' ? null : toldValue(bundle.first, 'after', tenants, names),
    risk: rule.risk,
    sentence: fill(rule.words, {
      who: isOne ? titleOf(subject) : `${titleOf(subject)} (${counted(tenants.length, 'tenant')})`,
      s: isOne ? 's' : '',
      nouns: names.length === 1 ? noun : `${noun}s`,
      names: listText(names),
      through,
    }),
    place: placeOf(sides, side, origin),
  };
}

function toldValue(
  { aspect, through, lists }: ReachItem,
  side: 'before' | 'after',
  tenants: readonly string[],
  names: readonly string[],
): Json {
  if (lists !== undefined) return { tenants, guardrails: lists[side] };
  if (aspect === 'guardrails') return { tenants, guardrails: names };
  return {
    tenants,
    models: names,
    ...(through === '' ? {} : { [aspect === 'surfaces' ? 'path' : 'provider']: through }),
  };
}
