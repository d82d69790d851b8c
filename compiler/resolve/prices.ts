import { type PriceRow, type RateName, type Rates, rateNames } from '../../contract/artifacts/cost-table.ts';
import { byCodeUnit, sortedKeys } from '../../contract/canonical.ts';
import type { Spec } from '../schema/kinds.ts';
import { addDays } from './calendar.ts';
import type { PricedRow, Prices } from './model.ts';
import { discounted, toDecimal, toUnits } from './money.ts';
import { matchesPattern } from './pattern.ts';
import type { Resource, Resources } from './resources.ts';

type PriceList = Resource<'PriceList'>;
type Discount = Spec<'PriceList'>['discounts'][number];
type PricedResources = Pick<Resources, 'providers' | 'priceLists'>;

const catalogueKeyOfType = {
  bedrock: 'aws.bedrock',
  anthropic: 'anthropic',
  openai: 'openai',
  azure: 'azure',
  vertex: 'gcp.vertex_ai',
  gemini: 'gcp.gemini',
} as const;

/** The name under which the gateway logs a provider and looks up its prices. */
export function catalogueKey(provider: Resource<'Provider'>): string {
  const { spec } = provider;
  return spec.type === 'custom' ? spec.reportsAs : catalogueKeyOfType[spec.type];
}

export function resolvePrices(resources: PricedResources, date: string): Prices {
  const rows = new Map<string, PricedRow[]>();
  for (const { key, list } of usedLists(resources)) {
    for (const model of sortedKeys(list.spec.models)) {
      const id = `${key} ${model}`;
      if (!rows.has(id)) rows.set(id, rowsOfModel(key, list, model));
    }
  }
  const current = new Map<string, PricedRow>();
  for (const [id, ofModel] of rows) {
    const row = ofModel.find((r) => r.from <= date && (r.until === null || date < r.until));
    if (row !== undefined) current.set(id, row);
  }
  return {
    current: [...current.keys()].sort(byCodeUnit).flatMap((id) => current.get(id) ?? []),
    rows: [...rows.keys()].sort(byCodeUnit).flatMap((id) => rows.get(id) ?? []),
    inForce(providerName, upstreamModel) {
      const provider = resources.providers.get(providerName);
      return provider && current.get(`${catalogueKey(provider)} ${upstreamModel}`);
    },
    pricedModels(providerName) {
      const provider = resources.providers.get(providerName);
      const list = provider && resources.priceLists.get(provider.spec.prices);
      if (list === undefined) return [];
      return sortedKeys(list.spec.models).filter((model) => {
        const row = current.get(`${catalogueKey(provider as Resource<'Provider'>)} ${model}`);
        return row !== undefined && (row.retiresOn === null || date < row.retiresOn);
      });
    },
  };
}

/** Each price list once per catalogue key that it is used under, in order of provider name. */
export function usedLists(
  resources: PricedResources,
): { key: string; list: PriceList; provider: Resource<'Provider'> }[] {
  const used = new Map<string, { key: string; list: PriceList; provider: Resource<'Provider'> }>();
  for (const provider of resources.providers.values()) {
    const list = resources.priceLists.get(provider.spec.prices);
    const key = catalogueKey(provider);
    const id = `${key} ${provider.spec.prices}`;
    if (list !== undefined && !used.has(id)) used.set(id, { key, list, provider });
  }
  return [...used.values()];
}

/** A price holds until the next one; a discount that begins or ends within it splits it. */
function rowsOfModel(key: string, list: PriceList, model: string): PricedRow[] {
  const priced = list.spec.models[model];
  if (priced === undefined) return [];
  const prices = priced.prices.map((price, index) => ({ price, index }));
  prices.sort((a, b) => byCodeUnit(a.price.effectiveFrom, b.price.effectiveFrom));
  const discounts = list.spec.discounts.filter((d) => d.models.some((pattern) => matchesPattern(pattern, model)));
  return prices.flatMap(({ price, index }, position) => {
    const end = prices[position + 1]?.price.effectiveFrom ?? null;
    return intervals(price.effectiveFrom, end, discounts).map(({ from, until, discount }): PricedRow => {
      const percent = discount === undefined ? 0n : toUnits(discount.percent);
      return {
        provider: key,
        model,
        from,
        until,
        rates: netRates(price.rates, percent),
        tiers: price.tiers.map((tier) => ({ contextOver: tier.contextOver, rates: netRates(tier.rates, percent) })),
        discountPercent: discount?.percent ?? null,
        priceList: list.name,
        source: price.source,
        verifiedOn: price.verifiedOn,
        retiresOn: priced.retiresOn ?? null,
        origin: { file: list.file, path: ['spec', 'models', model, 'prices', index] },
      };
    });
  });
}

interface Interval {
  readonly from: PriceRow['from'];
  readonly until: string | null;
  readonly discount: Discount | undefined;
}

function intervals(from: string, until: string | null, discounts: readonly Discount[]): Interval[] {
  const edges = discounts.flatMap((d) => [d.from, addDays(d.until, 1)]);
  const inside = [...new Set(edges)].filter((day) => from < day && (until === null || day < until)).sort(byCodeUnit);
  const starts = [from, ...inside];
  return starts.map((start, index) => ({
    from: start,
    until: starts[index + 1] ?? until,
    discount: discounts.find((d) => d.from <= start && start <= d.until),
  }));
}

function netRates(rates: Rates, percent: bigint): Rates {
  const net: Partial<Record<RateName, string>> = {};
  for (const name of rateNames) {
    const rate = rates[name];
    if (rate !== undefined) net[name] = toDecimal(discounted(toUnits(rate), percent));
  }
  return net;
}
