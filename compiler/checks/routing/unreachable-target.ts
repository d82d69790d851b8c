import type { TreeCheck } from '../check.ts';
import { fallbacksOf, writtenModels } from '../written-models.ts';

export const routingUnreachableTarget: TreeCheck = function* ({ resources }) {
  for (const model of writtenModels(resources)) {
    for (const { fallback, at } of fallbacksOf(model)) {
      const { retries, targets } = fallback;
      if (retries === undefined || retries >= targets.length - 1) continue;
      yield {
        code: 'routing/unreachable-target',
        message: `with ${retries === 1 ? 'one retry' : `${retries} retries`} a request to ${model.name} never reaches the last of its ${targets.length} targets`,
        at: at('retries'),
        hint: `set retries to ${targets.length - 1}, or leave it out`,
      };
    }
  }
};
