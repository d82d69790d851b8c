import { byCodeUnit, sortedKeys } from '../../contract/canonical.ts';
import type { Path, Report } from '../diagnostics/finding.ts';
import { publicModel } from '../schema/common.ts';
import {
  type BranchSpec,
  type CaseSpec,
  casesOf,
  type FallbackSpec,
  type ModelSpec,
  type TargetSpec,
} from '../schema/strategy.ts';
import { milliseconds } from './duration.ts';
import type {
  Failover,
  Prices,
  ResolvedBranch,
  ResolvedCase,
  ResolvedModel,
  ResolvedProfile,
  ResolvedTarget,
} from './model.ts';
import { isWildcard, matchesPattern } from './pattern.ts';
import { at, type Resource, type Resources } from './resources.ts';

type Profile = Resource<'RoutingProfile'>;

const defaultTimeouts = { request: '300s', attempt: '60s' };

export function resolveProfiles(
  resources: Pick<Resources, 'profiles'>,
  prices: Prices,
): { profiles: Map<string, ResolvedProfile>; reports: Report[] } {
  const reports: Report[] = [];
  const profiles = new Map<string, ResolvedProfile>();
  for (const profile of resources.profiles.values()) {
    const { chain, cycle } = ancestry(profile, resources);
    // A cycle is reported once, by its first member in order of name.
    if (cycle && chain.every((member) => byCodeUnit(profile.name, member.name) <= 0)) reports.push(cycleReport(chain));
    profiles.set(profile.name, resolveProfile(profile, chain, prices));
  }
  return { profiles, reports };
}

/** The profile and those that it extends, nearest first. */
export function ancestry(
  profile: Profile,
  resources: Pick<Resources, 'profiles'>,
): { chain: Profile[]; cycle: boolean } {
  const chain: Profile[] = [profile];
  let next = profile.spec.extends;
  while (next !== undefined) {
    const parent = resources.profiles.get(next);
    if (parent === undefined) break;
    if (chain.includes(parent)) return { chain, cycle: parent === profile };
    chain.push(parent);
    next = parent.spec.extends;
  }
  return { chain, cycle: false };
}

function cycleReport(chain: readonly Profile[]): Report {
  const [first] = chain as [Profile];
  const names = [...chain.map((p) => p.name), first.name].join(' → ');
  return {
    code: 'routing/extends-cycle',
    message: `profiles extend each other in a circle: ${names}`,
    at: at(first, 'spec', 'extends'),
    hint: 'remove one of the extends',
  };
}

function resolveProfile(profile: Profile, chain: readonly Profile[], prices: Prices): ResolvedProfile {
  const models = new Map<string, ResolvedModel>();
  for (const ancestor of [...chain].reverse()) {
    for (const name of sortedKeys(ancestor.spec.models)) {
      const spec = ancestor.spec.models[name];
      if (spec !== undefined) models.set(name, resolveModel(ancestor, name, spec, prices));
    }
  }
  return {
    name: profile.name,
    resource: profile,
    timeouts: timeoutsOf(chain),
    promptCaching: chain.find((p) => p.spec.promptCaching !== undefined)?.spec.promptCaching,
    models: [...models.values()].sort((a, b) => byCodeUnit(a.name, b.name)),
  };
}

function timeoutsOf(chain: readonly Profile[]): ResolvedProfile['timeouts'] {
  const decidedBy = chain.find((p) => p.spec.timeouts !== undefined);
  const { request, attempt } = decidedBy?.spec.timeouts ?? defaultTimeouts;
  const longest = milliseconds(request) < milliseconds(defaultTimeouts.attempt) ? request : defaultTimeouts.attempt;
  return { request, attempt: attempt ?? longest, decidedBy };
}

function resolveModel(profile: Profile, name: string, spec: ModelSpec, prices: Prices): ResolvedModel {
  const cases = casesOf(spec).map((c) => resolveCase(profile, name, c));
  const names = isWildcard(name) ? expand(name, cases, prices) : [name];
  return {
    name,
    origin: { file: profile.file, path: ['spec', 'models', name], key: true },
    publicNames: [...new Set([...names, ...spec.aliases])].sort(byCodeUnit),
    parameters: spec.parameters as ResolvedModel['parameters'],
    cases,
  };
}

/** A wildcard stands for the models that its provider has a price for on the day. */
function expand(pattern: string, cases: readonly ResolvedCase[], prices: Prices): string[] {
  const provider = cases[0]?.branches[0]?.targets[0]?.provider;
  if (provider === undefined) return [];
  return prices
    .pricedModels(provider)
    .filter((model) => matchesPattern(pattern, model) && publicModel.safeParse(model).success);
}

function resolveCase(profile: Profile, name: string, { path, when, branches }: CaseSpec): ResolvedCase {
  const base = ['spec', 'models', name];
  return {
    when,
    branches: branches.map((spec) => resolveBranch(profile, base, spec)),
    origin: path.length === 0 ? { file: profile.file, path: base, key: true } : at(profile, ...base, ...path),
  };
}

function resolveBranch(profile: Profile, base: Path, { path, share, single, fallback }: BranchSpec): ResolvedBranch {
  const target = (t: TargetSpec, ...place: Path): ResolvedTarget => ({
    provider: t.provider,
    model: t.model,
    origin: at(profile, ...base, ...path, ...place),
  });
  if (single !== undefined) return { weight: share, targets: [target(single, 'single')], failover: undefined };
  return {
    weight: share,
    targets: (fallback?.targets ?? []).map((t, index) => target(t, 'fallback', 'targets', index)),
    failover: fallback && failoverOf(fallback),
  };
}

function failoverOf(fallback: FallbackSpec): Failover {
  return {
    statuses: [...fallback.on].sort((a, b) => a - b),
    retries: fallback.retries,
    backoff: fallback.backoff,
    cooldown: fallback.cooldown,
  };
}
