import { rateNames } from '../../../../contract/artifacts/cost-table.ts';
import type { Path, Report } from '../../../diagnostics/finding.ts';
import { toUnits } from '../../../resolve/money.ts';
import { at, type Resource } from '../../../resolve/resources.ts';
import type { Spec } from '../../../schema/kinds.ts';

type Price = Spec<'PriceList'>['models'][string]['prices'][number];

/** Providers ask for more beyond a hundred thousand tokens or so, never for less. */
const smallestContext = 1000;

export function* tierDoubts(
  list: Resource<'PriceList'>,
  model: string,
  path: Path,
  { contextOver, rates }: Price['tiers'][number],
  base: Price['rates'],
): Iterable<Report> {
  if (contextOver < smallestContext) {
    yield {
      code: 'pricing/implausible',
      message: `a tier of ${model} begins at ${contextOver} tokens, which nearly every request has`,
      at: at(list, ...path, 'contextOver'),
      hint: `contextOver counts tokens: did you mean ${contextOver}000?`,
    };
  }
  for (const name of rateNames) {
    const [rate, below] = [rates[name], base[name]];
    if (rate === undefined || below === undefined || toUnits(rate) >= toUnits(below)) continue;
    yield {
      code: 'pricing/implausible',
      message: `the ${name} rate of ${model} beyond ${contextOver} tokens is ${rate}, less than below (${below}): a long context is never cheaper`,
      at: at(list, ...path, 'rates', name),
      hint: 'are the two swapped?',
    };
  }
}
