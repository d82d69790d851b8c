import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const pricingTierOrder: TreeCheck = function* ({ resources: { priceLists } }) {
  for (const list of priceLists.values()) {
    for (const [model, { prices }] of Object.entries(list.spec.models)) {
      for (const [position, { tiers }] of prices.entries()) {
        for (const [index, tier] of tiers.entries()) {
          const previous = tiers[index - 1];
          if (previous === undefined || previous.contextOver < tier.contextOver) continue;
          yield {
            code: 'pricing/tier-order',
            message: `contextOver ${tier.contextOver} does not lie above the tier before it (${previous.contextOver})`,
            at: at(list, 'spec', 'models', model, 'prices', position, 'tiers', index, 'contextOver'),
            hint: 'list tiers from the smallest context to the largest',
          };
        }
      }
    }
  }
};
