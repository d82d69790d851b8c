import type { Rates } from '../../../contract/artifacts/cost-table.ts';
import type { PricedRow } from '../../resolve/model.ts';
import type { GatewayObject } from './value.ts';

/** Prices in force on the day: the gateway knows one rate at a time, the cost table all of them. */
export function modelCatalogue(rows: readonly PricedRow[]): GatewayObject {
  const providers: Record<string, { models: Record<string, GatewayObject> }> = {};
  for (const row of rows) {
    providers[row.provider] ??= { models: {} };
    const models = providers[row.provider]?.models;
    if (models !== undefined) models[row.model] = { rates: ratesOf(row.rates), ...tiers(row) };
  }
  return { providers };
}

function tiers(row: PricedRow): GatewayObject {
  if (row.tiers.length === 0) return {};
  return { tiers: row.tiers.map((tier) => ({ contextOver: tier.contextOver, rates: ratesOf(tier.rates) })) };
}

function ratesOf(rates: Rates): GatewayObject {
  return Object.fromEntries(Object.entries(rates));
}
