import { matchesPattern } from '../../resolve/pattern.ts';
import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const pricingDiscount: TreeCheck = function* ({ resources: { priceLists } }) {
  for (const list of priceLists.values()) {
    const { discounts, models } = list.spec;
    for (const [index, discount] of discounts.entries()) {
      const where = (...path: (string | number)[]) => at(list, 'spec', 'discounts', index, ...path);
      if (discount.until < discount.from) {
        const message = `the discount ends on ${discount.until}, before it begins on ${discount.from}`;
        yield { code: 'pricing/discount', message, at: where('until'), hint: 'swap the dates' };
      }
      const matched = Object.keys(models).filter((m) => discount.models.some((pattern) => matchesPattern(pattern, m)));
      if (matched.length === 0) {
        const message = `the discount applies to no model of price list ${list.name}`;
        yield { code: 'pricing/discount', message, at: where('models'), hint: 'correct the patterns' };
      }
      const begun = matched.some((m) => models[m]?.prices.some((price) => price.effectiveFrom <= discount.until));
      if (matched.length > 0 && !begun) {
        const message = `the discount ends on ${discount.until}, before any price of its models begins: it never counts`;
        yield { code: 'pricing/discount', message, at: where('until'), hint: 'correct the dates, or remove it' };
      }
      const clash = discounts.slice(0, index).findIndex((earlier) => {
        const overlap = earlier.from <= discount.until && discount.from <= earlier.until;
        return overlap && matched.some((m) => earlier.models.some((pattern) => matchesPattern(pattern, m)));
      });
      if (clash === -1) continue;
      yield {
        code: 'pricing/discount',
        message: 'two discounts hold for one model on the same day: which one counts could not be told',
        at: where('from'),
        hint: 'end one before the other begins, or narrow the models',
        related: [{ message: 'the other discount', at: at(list, 'spec', 'discounts', clash) }],
      };
    }
  }
};
