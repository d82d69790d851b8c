import { z } from 'zod';
import { rateNames } from '../../contract/artifacts/cost-table.ts';
import { date, httpsUrl, modelPattern, percent, plainMetadata, resource, upstreamModel } from './common.ts';

const rate = z
  .string()
  .regex(
    /^\d{1,6}(\.\d{1,6})?$/,
    'a rate is a decimal string in USD per 1M tokens with at most six decimals, such as "3.30"',
  )
  .describe('USD per 1M tokens, decimal string with at most six decimals');

const rates = z.partialRecord(z.enum(rateNames), rate);

const price = z.strictObject({
  effectiveFrom: date,
  rates: rates.refine((r) => r.input !== undefined, 'rates name at least input'),
  tiers: z
    .array(z.strictObject({ contextOver: z.int().positive().describe('Tokens'), rates }))
    .default([])
    .describe('Rates of the whole request beyond a context size'),
  source: httpsUrl.describe('Where the price is published'),
  verifiedOn: date.describe('When somebody last read it there'),
});

export const priceListSchema = resource(
  'PriceList',
  plainMetadata,
  z.strictObject({
    models: z.record(
      upstreamModel,
      z.strictObject({
        retiresOn: date.optional().describe('The provider stops serving the model on this day'),
        prices: z.array(price).min(1).describe('Append, do not edit: the past is never re-priced'),
      }),
    ),
    discounts: z
      .array(
        z.strictObject({
          percent,
          from: date.describe('First day'),
          until: date.describe('Last day'),
          models: z.array(modelPattern).min(1),
        }),
      )
      .default([]),
  }),
);
