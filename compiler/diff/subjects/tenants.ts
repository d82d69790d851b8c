import type { Analysis } from '../../analysis.ts';
import type { Origin } from '../../diagnostics/finding.ts';
import type { Model, ResolvedTenant } from '../../resolve/model.ts';
import type { Change } from '../change.ts';
import { changesOf, type EnvironmentPair, type Sides, type Subject } from '../subject.ts';
import { below, type Keying, same, sourcePath, treeOf } from '../tree.ts';

const keyings: readonly Keying[] = [{ list: 'spec.clients', by: ['name'] }];

/** Fields that tiers and environments have a say in. */
const layered: ReadonlySet<string> = new Set(['status', 'retiredOn', 'routing', 'limits', 'budget']);
const byTier: ReadonlySet<string> = new Set([
  'spec.limits.requestsPerMinute',
  'spec.limits.tokensPerDay',
  'spec.budget.monthlyUsd',
]);

export function* tenantChanges(sides: Sides, { name, before, after }: EnvironmentPair): Iterable<Change> {
  const unchanged = unchangedTenants(sides);
  for (const pair of pairTenants(before.model, after.model)) {
    if (unchanged(pair)) continue;
    const changes = changesOf(sides, subjectOf(before.model, pair.before), subjectOf(after.model, pair.after), [name]);
    for (const change of changes) if (!saysTheMoveAgain(pair, change)) yield change;
  }
}

/** A move names the former name already; another former name beside it is told. */
function saysTheMoveAgain({ before, after }: TenantPair, { field }: Change): boolean {
  if (field !== 'metadata.formerly' || before === undefined || after === undefined) return false;
  const gained = after.resource.metadata.formerly.filter((name) => !before.resource.metadata.formerly.includes(name));
  return before.name !== after.name && gained.every((name) => name === before.name);
}

export interface TenantPair {
  readonly before: ResolvedTenant | undefined;
  readonly after: ResolvedTenant | undefined;
}

/** A tenant and what it was: under the same name, or under a former one that nobody has any more. */
export function pairTenants(before: Model, after: Model): TenantPair[] {
  const old = new Map(before.tenants.map((tenant) => [tenant.name, tenant]));
  const present = new Set(after.tenants.map((tenant) => tenant.name));
  const pairs = after.tenants.map((tenant): TenantPair => {
    const former = tenant.resource.metadata.formerly.find((name) => old.has(name) && !present.has(name));
    const own = old.get(tenant.name) ?? (former === undefined ? undefined : old.get(former));
    if (own !== undefined) old.delete(own.name);
    return { before: own, after: tenant };
  });
  return [...pairs, ...[...old.values()].map((tenant) => ({ before: tenant, after: undefined }))];
}

/**
 * Ten thousand tenants, one edited: a tenant whose file has the same text and whose tier is equal cannot differ. (What
 * environments say about guardrails is compared elsewhere.)
 */
function unchangedTenants({ before, after }: Sides): (pair: TenantPair) => boolean {
  const equalTiers = new Map<string, boolean>();
  const tierOf = (analysis: Analysis, tier: string) => treeOf(analysis.resources.tiers?.spec[tier]);
  return (pair) => {
    if (pair.before === undefined || pair.after === undefined || pair.before.tier !== pair.after.tier) return false;
    const text = before.documents.get(pair.before.resource.file)?.text;
    if (text === undefined || text !== after.documents.get(pair.after.resource.file)?.text) return false;
    const { tier } = pair.after;
    const known = equalTiers.get(tier) ?? same(tierOf(before, tier), tierOf(after, tier));
    equalTiers.set(tier, known);
    return known;
  };
}

function subjectOf(model: Model, tenant: ResolvedTenant | undefined): Subject | undefined {
  if (tenant === undefined) return undefined;
  const value = comparedValue(tenant);
  const tree = treeOf(value, keyings);
  const file = tenant.resource.file;
  const origin = (path: readonly string[]): Origin => {
    const [root, field, ...rest] = path;
    const decided = root === 'spec' && field !== undefined && layered.has(field);
    return decided ? tenant.origin(field, ...rest) : { file, path: sourcePath(value, keyings, path) };
  };
  const isTiers = (path: readonly string[]) => origin(path).file === model.resources.tiers?.file;
  // What nobody sets is left open by the tier too.
  const isOpen = (path: readonly string[]) => byTier.has(path.join('.')) && below(tree, path.join('.')) === undefined;
  return {
    kind: 'tenant',
    name: tenant.name,
    tree,
    origin,
    decider: (path) => (isTiers(path) || isOpen(path) ? `default of tier ${tenant.tier}` : undefined),
  };
}

function comparedValue(tenant: ResolvedTenant): unknown {
  const { metadata, spec } = tenant.resource;
  const { status, retiredOn, tier, routing, residency, limits, budget } = tenant;
  const models = Object.fromEntries([...budget.models].map(([name, monthlyUsd]) => [name, { monthlyUsd }]));
  const decided = { status, retiredOn, tier, routing, residency, limits, budget: { ...budget, models } };
  return { metadata, spec: { ...decided, models: spec.models, clients: spec.clients, groups: spec.groups } };
}
