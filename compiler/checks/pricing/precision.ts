import { decimalsOf, toUnits } from '../../resolve/money.ts';
import type { EnvironmentCheck } from '../check.ts';

const mostDecimals = 6;

/** The gateway takes six decimals, and nothing is rounded silently. */
export const pricingPrecision: EnvironmentCheck = function* ({ model }) {
  for (const row of model.prices.rows) {
    const rates = [row.rates, ...row.tiers.map((tier) => tier.rates)].flatMap((r) => Object.entries(r));
    const tooFine = rates.find(([, rate]) => decimalsOf(toUnits(rate)) > mostDecimals);
    if (tooFine === undefined) continue;
    yield {
      code: 'pricing/precision',
      message: `the ${tooFine[0]} rate of ${row.model} from ${row.from} is ${tooFine[1]} after the discount of ${row.discountPercent} %: more than six decimals`,
      at: row.origin,
      hint: 'choose a discount that gives a rate of at most six decimals',
    };
  }
};
