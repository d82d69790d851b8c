import { at } from '../../resolve/resources.ts';
import { branchesOf } from '../../schema/strategy.ts';
import type { TreeCheck } from '../check.ts';

export const routingUnreachableTarget: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    for (const [name, model] of Object.entries(profile.spec.models)) {
      for (const { path, fallback } of branchesOf(model)) {
        const retries = fallback?.retries;
        if (fallback === undefined || retries === undefined || retries >= fallback.targets.length - 1) continue;
        yield {
          code: 'routing/unreachable-target',
          message: `with ${retries === 1 ? 'one retry' : `${retries} retries`} a request to ${name} never reaches the last of its ${fallback.targets.length} targets`,
          at: at(profile, 'spec', 'models', name, ...path, 'fallback', 'retries'),
          hint: `set retries to ${fallback.targets.length - 1}, or leave it out`,
        };
      }
    }
  }
};
