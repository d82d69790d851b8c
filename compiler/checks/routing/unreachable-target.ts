import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const routingUnreachableTarget: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    for (const [name, model] of Object.entries(profile.spec.models)) {
      const branches = [model, ...(model.weighted ?? [])];
      for (const [index, { fallback }] of branches.entries()) {
        const retries = fallback?.retries;
        if (fallback === undefined || retries === undefined || retries >= fallback.targets.length - 1) continue;
        const base = ['spec', 'models', name, ...(index === 0 ? [] : ['weighted', index - 1]), 'fallback'];
        yield {
          code: 'routing/unreachable-target',
          message: `with ${retries === 1 ? 'one retry' : `${retries} retries`} a request to ${name} never reaches the last of its ${fallback.targets.length} targets`,
          at: at(profile, ...base, 'retries'),
          hint: `set retries to ${fallback.targets.length - 1}, or leave it out`,
        };
      }
    }
  }
};
