import type { Origin } from '../diagnostics/finding.ts';
import { closest } from '../diagnostics/suggest.ts';
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
  for (const { name, resource } of model.tenants) {
    const patterns = resource.spec.models[list] ?? [];
    if (patterns.length === 0) continue;
    const names = publicNames(model, resource);
    for (const [index, pattern] of patterns.entries()) {
      if (names.some((known) => matchesPattern(pattern, known))) continue;
      const suggestion = closest(pattern, names);
      yield {
        tenant: name,
        pattern,
        at: at(resource, 'spec', 'models', list, index),
        hint: suggestion === undefined ? 'correct or remove it' : `did you mean ${suggestion}?`,
      };
    }
  }
}

function publicNames(model: Model, tenant: Resource<'Tenant'>): string[] {
  return profilesOf(model, tenant).flatMap((profile) => profile.models.flatMap((routed) => routed.publicNames));
}

/** The routing profiles that a tenant has in any environment: what it says once, it says for all of them. */
export function profilesOf(model: Model, { spec }: Resource<'Tenant'>): ResolvedProfile[] {
  const overrides = Object.values(spec.environments).flatMap((o) => (o === 'absent' ? [] : (o.routing ?? [])));
  return [...new Set([spec.routing, ...overrides])].flatMap((name) => model.profiles.get(name) ?? []);
}
