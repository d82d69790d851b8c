import { closest } from '../../diagnostics/suggest.ts';
import { isWildcard } from '../../resolve/pattern.ts';
import type { EnvironmentCheck } from '../check.ts';
import { profilesOf } from '../tenant-patterns.ts';

/** A budget is kept under the name of a model; under an alias, or a name that nobody can call, it would never be used up. */
export const budgetUnknownModel: EnvironmentCheck = function* ({ model }) {
  if (!model.resources.sound) return;
  for (const tenant of model.tenants) {
    if (tenant.budget.models.size === 0) continue;
    const routable = profilesOf(model, tenant.resource).flatMap((profile) => profile.models);
    const names = routable.flatMap((routed) => (isWildcard(routed.name) ? routed.publicNames : [routed.name]));
    for (const name of tenant.budget.models.keys()) {
      if (names.includes(name)) continue;
      const owner = routable.find((routed) => routed.publicNames.includes(name));
      const suggestion = owner?.name ?? closest(name, names);
      yield {
        code: 'budget/unknown-model',
        message:
          owner === undefined
            ? `no routing profile of tenant ${tenant.name} has a model ${name} whose budget could be kept`
            : `${name} is an alias of ${owner.name}: a budget is kept under the model's own name`,
        at: { ...tenant.origin('budget', 'models', name), key: true },
        hint: suggestion === undefined ? 'correct or remove it' : `did you mean ${suggestion}?`,
      };
    }
  }
};
