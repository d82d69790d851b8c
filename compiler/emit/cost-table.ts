import type { CostTable, PriceRow } from '../../contract/artifacts/cost-table.ts';
import { canonicalText, digest, type Json } from '../../contract/canonical.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';
import type { Model, PricedRow } from '../resolve/model.ts';
import { at } from '../resolve/resources.ts';
import type { Emitted } from './emitted.ts';

export function emitCostTable(model: Model): Emitted {
  const rows = model.prices.rows.map(priceRow);
  const value: CostTable = {
    schemaVersion,
    currency: 'USD',
    unit: '1M tokens',
    version: digest(canonicalText(rows as Json)),
    rows,
  };
  return {
    value: value as Json,
    sources: [
      { path: [], origin: at(model.environment) },
      ...model.prices.rows.map((row, index) => ({ path: ['rows', index], origin: row.origin })),
    ],
  };
}

function priceRow({ origin: _, ...row }: PricedRow): PriceRow {
  return row;
}
