import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const pricingEffectiveDates: TreeCheck = function* ({ resources: { priceLists } }) {
  for (const list of priceLists.values()) {
    for (const [model, { prices }] of Object.entries(list.spec.models)) {
      for (const [index, price] of prices.entries()) {
        const previous = prices[index - 1];
        if (previous === undefined || previous.effectiveFrom < price.effectiveFrom) continue;
        yield {
          code: 'pricing/effective-dates',
          message: `a price of ${model} begins on ${price.effectiveFrom}, not after the one before it (${previous.effectiveFrom})`,
          at: at(list, 'spec', 'models', model, 'prices', index, 'effectiveFrom'),
          hint: 'append prices in ascending order of effectiveFrom',
          related: [
            { message: 'the one before', at: at(list, 'spec', 'models', model, 'prices', index - 1, 'effectiveFrom') },
          ],
        };
      }
    }
  }
};
