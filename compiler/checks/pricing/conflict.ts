import { usedLists } from '../../resolve/prices.ts';
import { at, atKey, type Resource } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** Cost is looked up by the provider's logged name and the model: two lists cannot both price one such pair. */
export const pricingConflict: TreeCheck = function* ({ resources }) {
  const priced = new Map<string, Resource<'PriceList'>>();
  for (const { key, list, provider } of usedLists(resources)) {
    for (const model of Object.keys(list.spec.models)) {
      const other = priced.get(`${key} ${model}`);
      priced.set(`${key} ${model}`, list);
      if (other === undefined || other === list) continue;
      yield {
        code: 'pricing/conflict',
        message: `${list.name} and ${other.name} both price ${model}, and providers of both are logged as ${key}: the cost of a request could not be told`,
        at: atKey(list, 'spec', 'models', model),
        hint: 'let these providers share one price list',
        related: [
          { message: 'the other price', at: atKey(other, 'spec', 'models', model) },
          { message: 'a provider that uses this list', at: at(provider, 'spec', 'prices') },
        ],
      };
    }
  }
};
