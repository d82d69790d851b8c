import type { Field } from '../field.ts';

const unit = 'USD per 1M tokens';

/** Money can surprise in either direction; where a price was read is for the record. */
export const priceListFields: readonly Field[] = [
  { path: '', label: 'price list', risk: { set: 'safe', otherwise: 'caution' } },
  { path: 'spec.models.*', label: 'model {0}', risk: { set: 'safe', otherwise: 'caution' } },
  { path: 'spec.models.*.retiresOn', label: 'retirement of {0}', order: 'date', risk: 'caution' },
  {
    path: 'spec.models.*.prices.*',
    label: 'price of {0} from {1}',
    risk: 'caution',
    brief: ['rates.input', 'rates.output'],
  },
  {
    path: 'spec.models.*.prices.*.rates.*',
    label: '{2} rate of {0} from {1}',
    order: 'decimal',
    unit,
    percent: true,
    risk: 'caution',
  },
  {
    path: 'spec.models.*.prices.*.tiers.*',
    label: 'price of {0} from {1} beyond {2} tokens',
    risk: 'caution',
    brief: ['rates.input', 'rates.output'],
  },
  {
    path: 'spec.models.*.prices.*.tiers.*.rates.*',
    label: '{3} rate of {0} from {1} beyond {2} tokens',
    order: 'decimal',
    unit,
    percent: true,
    risk: 'caution',
  },
  { path: 'spec.models.*.prices.*.source', label: 'source of the price of {0} from {1}', risk: 'safe' },
  {
    path: 'spec.models.*.prices.*.verifiedOn',
    label: 'verification of the price of {0} from {1}',
    order: 'date',
    risk: 'safe',
  },
  { path: 'spec.discounts.*', label: 'discount on {0}', risk: 'caution', brief: ['percent', 'until'] },
  { path: 'spec.discounts.*.percent', label: 'discount on {0}', order: 'decimal', unit: 'percent', risk: 'caution' },
  { path: 'spec.discounts.*.until', label: 'last day of the discount on {0}', order: 'date', risk: 'caution' },
];
