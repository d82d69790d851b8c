import { isDenial } from '../../../contract/artifacts/decision-table.ts';
import { byCodeUnit } from '../../../contract/canonical.ts';
import type { AnalysedEnvironment } from '../../analysis.ts';
import type { Origin } from '../../diagnostics/finding.ts';
import type { ResolvedTenant } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentPair } from '../subject.ts';
import type { ReachItem } from './item.ts';

/** Both sides of a tenant that is there before and after. */
export interface PresentPair {
  readonly before: ResolvedTenant;
  readonly after: ResolvedTenant;
}

/** Tenants with an equal key gain and lose the same: they are judged once. */
export function reachKey(environments: EnvironmentPair, { before, after }: PresentPair): string {
  const side = ({ table }: AnalysedEnvironment, { name, guardrails }: ResolvedTenant) => [
    table.data.tenants[name]?.class ?? '',
    guardrails,
  ];
  return JSON.stringify([side(environments.before, before), side(environments.after, after)]);
}

export function* itemsOf(environments: EnvironmentPair, tenants: PresentPair): Iterable<ReachItem> {
  yield* guardrailItems(environments, tenants);
  const a = environments.before.table.data.tenants[tenants.before.name]?.class;
  const b = environments.after.table.data.tenants[tenants.after.name]?.class;
  // Who comes from or goes to a denial has that as a change of status or of a limit.
  if (a === undefined || b === undefined || isDenial(a) || isDenial(b)) return;
  yield* modelItems(environments, tenants, a, b);
}

function* guardrailItems(environments: EnvironmentPair, { before, after }: PresentPair): Iterable<ReachItem> {
  const item = { aspect: 'guardrails', through: '' } as const;
  for (const name of without(after.guardrails, before.guardrails)) {
    yield { ...item, direction: 'gained', name, origin: guardrailOrigin(environments.after, after, name) };
  }
  for (const name of without(before.guardrails, after.guardrails)) {
    yield { ...item, direction: 'lost', name, origin: guardrailOrigin(environments.before, before, name) };
  }
  const common = (names: readonly string[], others: readonly string[]) => names.filter((name) => others.includes(name));
  const [was, is] = [common(before.guardrails, after.guardrails), common(after.guardrails, before.guardrails)];
  if (was.join() !== is.join()) {
    const through = `${is.join(', ')} (were ${was.join(', ')})`;
    const lists = { before: was, after: is };
    yield {
      aspect: 'guardrailOrder',
      direction: 'changed',
      name: '',
      through,
      lists,
      origin: after.origin('guardrails'),
    };
  }
}

/** The environment that makes it mandatory, or the tenant's own list. */
function guardrailOrigin({ model }: AnalysedEnvironment, tenant: ResolvedTenant, name: string): Origin {
  const { environment } = model;
  const isMandatory = environment.spec.guardrails.mandatory.includes(name);
  return isMandatory ? at(environment, 'spec', 'guardrails', 'mandatory') : tenant.origin('guardrails');
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name));
}

function* modelItems(
  { before, after }: EnvironmentPair,
  tenants: PresentPair,
  classBefore: string,
  classAfter: string,
): Iterable<ReachItem> {
  const old = before.table.data.classes[classBefore]?.models ?? {};
  const now = after.table.data.classes[classAfter]?.models ?? {};
  // Other references are the tenant's own doing; with the same ones it is the profile that changed.
  const origin = ({ table }: AnalysedEnvironment, tenant: ResolvedTenant, rule: string): Origin =>
    (classBefore === classAfter ? table.origins.rules.get(rule) : undefined) ?? tenant.origin('routing');
  const item = { aspect: 'models', through: '' } as const;
  const routes = new Set<string>();
  for (const name of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort(byCodeUnit)) {
    const [was, is] = [old[name], now[name]];
    if (is === undefined) yield { ...item, direction: 'lost', name, origin: origin(before, tenants.before, was ?? '') };
    else if (was === undefined) yield { ...item, direction: 'gained', name, origin: origin(after, tenants.after, is) };
    else if (!routes.has(`${was} ${is}`)) {
      routes.add(`${was} ${is}`);
      const [a, b] = [providersOf(before, was), providersOf(after, is)];
      const model = after.table.data.rules[is]?.model ?? name;
      yield* providerItems(a, b, { direction: 'lost', name: model, origin: origin(before, tenants.before, was) });
      yield* providerItems(b, a, { direction: 'gained', name: model, origin: origin(after, tenants.after, is) });
      const [wasAt, isAt] = [surfacesOf(before, was), surfacesOf(after, is)];
      yield* surfaceItems(wasAt, isAt, { direction: 'lost', name: model, origin: origin(before, tenants.before, was) });
      yield* surfaceItems(isAt, wasAt, { direction: 'gained', name: model, origin: origin(after, tenants.after, is) });
    }
  }
}

/** Providers of a rule, as people know them, with the residency of each. */
function providersOf({ model, table }: AnalysedEnvironment, rule: string): ReadonlyMap<string, string> {
  const targets = table.data.rules[rule]?.cases.flatMap(({ branches }) => branches.flatMap((b) => b.targets)) ?? [];
  return new Map(
    targets.map(({ provider }): [string, string] => {
      const spec = model.resources.providers.get(provider)?.spec;
      const residency = spec?.residency ?? 'unknown';
      const region = spec !== undefined && 'region' in spec ? `, ${spec.region}` : '';
      return [`${provider} (${residency}${region})`, residency];
    }),
  );
}

function* providerItems(
  providers: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string>,
  item: Pick<ReachItem, 'direction' | 'name' | 'origin'>,
): Iterable<ReachItem> {
  const residencies = new Set(others.values());
  for (const [through, residency] of providers) {
    if (others.has(through)) continue;
    yield { ...item, aspect: residencies.has(residency) ? 'providers' : 'residency', through };
  }
}

function surfacesOf({ table }: AnalysedEnvironment, rule: string): readonly string[] {
  return table.data.rules[rule]?.surfaces ?? [];
}

function* surfaceItems(
  paths: readonly string[],
  others: readonly string[],
  item: Pick<ReachItem, 'direction' | 'name' | 'origin'>,
): Iterable<ReachItem> {
  for (const through of without(paths, others)) yield { ...item, aspect: 'surfaces', through };
}
