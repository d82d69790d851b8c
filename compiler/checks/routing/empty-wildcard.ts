import { targetsOf } from '../../resolve/model.ts';
import { isWildcard } from '../../resolve/pattern.ts';
import type { EnvironmentCheck } from '../check.ts';

export const routingEmptyWildcard: EnvironmentCheck = function* ({ model }) {
  if (!model.resources.sound) return;
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) {
      if (!isWildcard(routed.name) || routed.publicNames.length > 0) continue;
      const provider = targetsOf(routed)[0]?.provider ?? '';
      yield {
        code: 'routing/empty-wildcard',
        message: `${routed.name} matches no model of provider ${provider} that has a price on ${model.date}`,
        at: routed.origin,
        hint: 'correct the pattern, or add the price',
      };
    }
  }
};
