import type { Origin } from '../diagnostics/finding.ts';
import { closest } from '../diagnostics/suggest.ts';
import type { Model } from '../resolve/model.ts';
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

function publicNames(model: Model, { spec }: Resource<'Tenant'>): string[] {
  const overrides = Object.values(spec.environments).flatMap((o) => (o === 'absent' ? [] : (o.routing ?? [])));
  return [spec.routing, ...overrides].flatMap((profile) =>
    (model.profiles.get(profile)?.models ?? []).flatMap((routed) => routed.publicNames),
  );
}
