import type { Catalogue, GatewayConfig, Rates } from './config.ts';

/** Tokens of an answer, as its provider counted them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** USD of an answer; undefined where the model has no price. */
export type CostOf = (provider: string, model: string, usage: Usage) => number | undefined;

/** The gateway's own estimate: a rate per million tokens, the whole request in the tier of its input. */
export function costs(config: GatewayConfig): CostOf {
  const models = new Map<string, CatalogueModel>();
  for (const { inline } of config.config.modelCatalog) {
    for (const [provider, entry] of Object.entries(inline.providers)) {
      for (const [model, prices] of Object.entries(entry.models)) models.set(keyOf(provider, model), prices);
    }
  }
  return (provider, model, usage) => {
    const prices = models.get(keyOf(provider, model));
    const rates = prices === undefined ? {} : effectiveRates(prices, usage.inputTokens);
    if (Object.keys(rates).length === 0) return undefined;
    const millionths = tokens(rates.input, usage.inputTokens) + tokens(rates.output, usage.outputTokens);
    return Number(millionths) / 1e12;
  };
}

type CatalogueModel = Catalogue['providers'][string]['models'][string];

function keyOf(provider: string, model: string): string {
  return JSON.stringify([provider, model]);
}

/** A tier changes only the rates that it names. */
function effectiveRates({ rates, tiers = [] }: CatalogueModel, contextTokens: number): Rates {
  const tier = tiers.findLast(({ contextOver }) => contextTokens > contextOver);
  return { ...rates, ...tier?.rates };
}

/** In millionths of a millionth of a dollar: rates have at most six decimals. */
function tokens(rate: string | undefined, count: number): bigint {
  const [whole = '0', fraction = ''] = (rate ?? '0').split('.');
  return BigInt(whole + fraction.padEnd(6, '0')) * BigInt(count);
}
