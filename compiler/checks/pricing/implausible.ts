import { type RateName, rateNames } from '../../../contract/artifacts/cost-table.ts';
import type { Path, Report } from '../../diagnostics/finding.ts';
import { toUnits } from '../../resolve/money.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import type { Spec } from '../../schema/kinds.ts';
import type { TreeCheck } from '../check.ts';
import { freeDiscounts, freePrices, isSold } from './implausible/free.ts';
import { type Others, RateSiblings } from './implausible/rate-siblings.ts';
import { tierDoubts } from './implausible/tiers.ts';

type List = Resource<'PriceList'>;
type Rates = Spec<'PriceList'>['models'][string]['prices'][number]['rates'];

/** A slip of the unit or of two columns would misprice every request, and nobody looks at a price twice. */
export const pricingImplausible: TreeCheck = function* ({ resources }) {
  for (const list of resources.priceLists.values()) {
    if (isSold(list.name, resources)) yield* [...freePrices(list), ...freeDiscounts(list)];
    const siblings = new RateSiblings(list.spec.models);
    for (const [model, { prices }] of Object.entries(list.spec.models)) {
      for (const [index, { rates, tiers }] of prices.entries()) {
        const path = ['spec', 'models', model, 'prices', index];
        yield* judge(list, model, [...path, 'rates'], rates, siblings);
        for (const [position, tier] of tiers.entries()) {
          const above = [...path, 'tiers', position];
          yield* judge(list, model, [...above, 'rates'], tier.rates, undefined);
          yield* tierDoubts(list, model, above, tier, rates);
        }
      }
    }
  }
};

type Doubt = readonly [why: string, hint: string];

function* judge(
  list: List,
  model: string,
  path: Path,
  rates: Rates,
  siblings: RateSiblings | undefined,
): Iterable<Report> {
  for (const name of rateNames) {
    const rate = rates[name];
    if (rate === undefined) continue;
    const doubt = bySize(name, rate) ?? (siblings && bySiblings(rate, siblings.of(model, name, rates)));
    const found = doubt ?? byRelation(name, rate, rates);
    if (found === undefined) continue;
    const message = `the ${name} rate of ${model} is ${rate}, ${found[0]}`;
    yield { code: 'pricing/implausible', message, at: at(list, ...path, name), hint: found[1] };
    // The others are judged by it, or share its slip.
    if (name === 'input') return;
  }
}

/** USD per 1M tokens: no model that is sold lies outside by far; a price per token or per 1 000 tokens does. */
const least = toUnits('0.001');
const most = toUnits('2000');

const unit = 'rates are USD per 1M tokens: correct the decimal point, or the unit';

function bySize(name: RateName, rate: string): Doubt | undefined {
  const units = toUnits(rate);
  if (units > most) return ['above 2000 USD per 1M tokens, which no model costs', unit];
  const isText = name === 'input' || name === 'output';
  if (!isText || units === 0n || units >= least) return undefined;
  return ['below 0.001 USD per 1M tokens, which no model costs', unit];
}

/**
 * How far a rate lies from its siblings before it is taken for a slip. A price per 1 000 tokens is 1 000 times too small;
 * a dear model's is then still only some hundred times below most others and some ten times below the cheapest. Prices
 * that are honest come close to the first or the second, and not to both; upwards the dearest model decides alone.
 */
const belowMiddle = 300n;
const belowCheapest = 30n;
const aboveDearest = 100n;
/** A single sibling may be the one with the slip, which is more often too small than too large. */
const belowTheOnlyOne = 1000n;

function bySiblings(rate: string, others: Others): Doubt | undefined {
  const units = toUnits(rate);
  if (others.count === 0 || units === 0n) return undefined;
  const last = others.count - 1;
  const [cheapest, dearest] = [others.at(0), others.at(last)];
  const below: Doubt = [`hundreds of times below what other models of the list cost (${cheapest.rate} or more)`, unit];
  if (last === 0) return units * belowTheOnlyOne <= cheapest.units ? below : undefined;
  if (units > dearest.units * aboveDearest) {
    return [`hundreds of times above what other models of the list cost (${dearest.rate} or less)`, unit];
  }
  const middles = others.at(last / 2).units * others.at(others.count / 2).units;
  const isFar = units * belowCheapest < cheapest.units && units * units * belowMiddle * belowMiddle < middles;
  return isFar ? below : undefined;
}

function byRelation(name: RateName, rate: string, { input, output }: Rates): Doubt | undefined {
  if (input === undefined) return undefined;
  const units = toUnits(rate);
  if (name === 'output' && units < toUnits(input)) {
    const embedding = 'leave out the output rate of an embedding model, and give every other model its own';
    if (units === 0n) return ['as if answers were free', embedding];
    return [`less than its input (${input}): no provider sells answers below prompts`, 'are the two rates swapped?'];
  }
  if (name === 'cacheRead' && units > toUnits(input)) {
    return [`more than its input (${input}): nobody would cache`, 'is it the cacheWrite rate?'];
  }
  if (name === 'cacheWrite' && output !== undefined && units > toUnits(output)) {
    return [`more than its output (${output})`, 'compare it with the source'];
  }
  return undefined;
}
