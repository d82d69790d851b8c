import type { PriceRow } from '../../../contract/artifacts/cost-table.ts';
import { same, shown } from './same.ts';
import type { Law } from './subject.ts';

/** Every model that has a price on the day has this one, and no other has any: an unpriced one has no cost in the log. */
export const catalogue: Law = function* ({ model, config }) {
  const [list, ...more] = config.config?.modelCatalog ?? [];
  const providers = list?.inline?.providers ?? {};
  if (more.length > 0) yield 'agentgateway.json: there is a second catalogue, which would win';
  const priced = new Set<string>();
  for (const row of model.prices.current) {
    const key = `${row.provider} ${row.model}`;
    priced.add(key);
    const price = providers[row.provider]?.models?.[row.model];
    if (!same(price, priceOf(row)))
      yield `agentgateway.json: the catalogue prices ${key} as ${shown(price)} instead of ${shown(priceOf(row))} (${row.origin.file})`;
    for (const complaint of amounts(row))
      yield `agentgateway.json: the price of ${key} ${complaint} (${row.origin.file})`;
  }
  const known = new Set(model.prices.current.map(({ provider }) => provider));
  for (const [provider, { models = {} }] of Object.entries(providers)) {
    if (!known.has(provider)) yield `agentgateway.json: the catalogue has ${provider}, of which no list has a price`;
    for (const name of Object.keys(models))
      if (!priced.has(`${provider} ${name}`))
        yield `agentgateway.json: the catalogue prices ${provider} ${name}, which no list does`;
  }
};

function priceOf({ rates, tiers }: PriceRow): unknown {
  return tiers.length === 0 ? { rates } : { rates, tiers };
}

/** As text: the gateway takes no numbers, no more than six decimals, and only tiers that rise. */
function* amounts({ rates, tiers }: PriceRow): Iterable<string> {
  for (const [name, amount] of [rates, ...tiers.map((tier) => tier.rates)].flatMap((entry) => Object.entries(entry))) {
    if (typeof amount !== 'string' || !/^\d+(\.\d{1,6})?$/.test(amount)) yield `has ${name} ${shown(amount)}`;
  }
  const steps = tiers.map(({ contextOver }) => contextOver);
  if (steps.some((step, index) => index > 0 && step <= (steps[index - 1] ?? 0)))
    yield `has tiers that do not rise: ${steps.join(', ')}`;
}
