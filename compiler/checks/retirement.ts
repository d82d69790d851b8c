import type { Report } from '../diagnostics/finding.ts';
import type { Model, PricedRow } from '../resolve/model.ts';
import { atKey } from '../resolve/resources.ts';

/** Where a price list says that a model retires. */
export function retirementIn(row: PricedRow, { resources }: Model): NonNullable<Report['related']> {
  const list = resources.priceLists.get(row.priceList);
  if (list === undefined) return [];
  return [{ message: 'its retirement', at: atKey(list, 'spec', 'models', row.model, 'retiresOn') }];
}
