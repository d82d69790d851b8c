import { closest } from '../../diagnostics/suggest.ts';
import { matchesPattern } from '../../resolve/pattern.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

export const accessPatternWithoutMatch: EnvironmentCheck = function* ({ model }) {
  if (!model.resources.complete) return;
  for (const tenant of model.tenants) {
    const profile = model.profiles.get(tenant.routing);
    if (profile === undefined) continue;
    const names = profile.models.flatMap((routed) => routed.publicNames);
    for (const list of ['allow', 'deny'] as const) {
      for (const [index, pattern] of (tenant.resource.spec.models[list] ?? []).entries()) {
        if (names.some((name) => matchesPattern(pattern, name))) continue;
        const suggestion = closest(pattern, names);
        yield {
          code: 'access/pattern-without-match',
          message: `${list}: ${pattern} matches no model of routing profile ${profile.name}`,
          at: at(tenant.resource, 'spec', 'models', list, index),
          hint: suggestion === undefined ? 'correct or remove it' : `did you mean ${suggestion}?`,
        };
      }
    }
  }
};
