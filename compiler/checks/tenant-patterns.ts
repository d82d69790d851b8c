import type { Origin } from '../diagnostics/finding.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Model, ResolvedProfile } from '../resolve/model.ts';
import { matchesPattern } from '../resolve/pattern.ts';
import { at, type Resource } from '../resolve/resources.ts';

export interface UnmatchedPattern {
  readonly tenant: string;
  readonly pattern: string;
  readonly at: Origin;
  readonly hint: string;
}

/** Patterns of a tenant that match no public name in any profile that it has in any environment. */
export function* unmatchedPatterns(model: Model, list: 'allow' | 'deny'): Iterable<UnmatchedPattern> {
  if (!model.resources.sound) return;
  // Thousands of tenants share a few profiles and patterns.
  const namesOf = new Map<string, Names>();
  for (const { name, resource } of model.tenants) {
    const patterns = resource.spec.models[list] ?? [];
    if (patterns.length === 0) continue;
    const profiles = profilesOf(model, resource);
    const key = profiles.map((profile) => profile.name).join();
    const { names, matched } = namesOf.get(key) ?? { names: publicNames(profiles), matched: new Map() };
    namesOf.set(key, { names, matched });
    for (const [index, pattern] of patterns.entries()) {
      const isMatched = matched.get(pattern) ?? names.some((known) => matchesPattern(pattern, known));
      matched.set(pattern, isMatched);
      if (isMatched) continue;
      yield {
        tenant: name,
        pattern,
        at: at(resource, 'spec', 'models', list, index),
        hint: didYouMean(pattern, names) ?? 'correct or remove it',
      };
    }
  }
}

interface Names {
  readonly names: readonly string[];
  /** Whether a pattern matches one of them. */
  readonly matched: Map<string, boolean>;
}

function publicNames(profiles: readonly ResolvedProfile[]): string[] {
  return profiles.flatMap((profile) => profile.models.flatMap((routed) => routed.publicNames));
}

/** The routing profiles that a tenant has in any environment: what it says once, it says for all of them. */
export function profilesOf(model: Model, { spec }: Resource<'Tenant'>): ResolvedProfile[] {
  const overrides = Object.values(spec.environments).flatMap((o) => (o === 'absent' ? [] : (o.routing ?? [])));
  return [...new Set([spec.routing, ...overrides])].flatMap((name) => model.profiles.get(name) ?? []);
}
