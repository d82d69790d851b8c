import type { Report } from '../../../diagnostics/finding.ts';
import { toUnits } from '../../../resolve/money.ts';
import { at, type Resource, type Resources } from '../../../resolve/resources.ts';

type List = Resource<'PriceList'>;

/** What stands behind a host of one's own may cost nothing; whoever sells a model sends a bill. */
export function isSold(list: string, { providers }: Resources): boolean {
  return [...providers.values()].some(({ spec }) => spec.prices === list && spec.type !== 'custom');
}

export function* freePrices(list: List): Iterable<Report> {
  for (const [model, { prices }] of Object.entries(list.spec.models)) {
    const last = prices.length - 1;
    const rates = Object.values(prices[last]?.rates ?? {});
    if (rates.length === 0 || rates.some((rate) => toUnits(rate) !== 0n)) continue;
    yield {
      code: 'pricing/implausible',
      message: `all rates of ${model} are 0, as if it were free: no budget would ever be used up`,
      at: at(list, 'spec', 'models', model, 'prices', last, 'rates'),
      hint: 'write what the provider bills; a model that costs nothing belongs in the price list of a custom provider',
    };
  }
}

export function* freeDiscounts(list: List): Iterable<Report> {
  for (const [index, { percent }] of list.spec.discounts.entries()) {
    if (percent !== '100') continue;
    yield {
      code: 'pricing/implausible',
      message: 'a discount of 100 % makes its models free: no budget would ever be used up',
      at: at(list, 'spec', 'discounts', index, 'percent'),
      hint: 'write what the agreement takes off',
    };
  }
}
