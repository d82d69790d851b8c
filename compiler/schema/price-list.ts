import { z } from 'zod';
import { rateNames } from '../../contract/artifacts/cost-table.ts';
import { date, httpsUrl, modelPattern, percent, plainMetadata, resource, upstreamModel } from './common.ts';

const rate = z
  .string()
  .regex(
    /^\d{1,6}(\.\d{1,6})?$/,
    'a rate is a decimal string in USD per 1M tokens with at most six decimals, such as "3.30"',
  )
  .meta({ examples: ['3.30'] })
  .describe('USD per 1M tokens, decimal string with at most six decimals');

const rates = z.partialRecord(z.enum(rateNames), rate).describe('Rates by what is counted');

const price = z.strictObject({
  effectiveFrom: date.describe('First day of these rates'),
  rates: rates.refine((r) => r.input !== undefined, 'rates name at least input'),
  tiers: z
    .array(
      z.strictObject({
        contextOver: z
          .int()
          .positive()
          .meta({ examples: [200_000] })
          .describe('Tokens'),
        rates,
      }),
    )
    .default([])
    .describe('Rates of the whole request beyond a context size'),
  source: httpsUrl
    .meta({ examples: ['https://aws.amazon.com/bedrock/pricing/'] })
    .describe('Where the price is published'),
  verifiedOn: date.describe('When somebody last read it there'),
});

export const priceListSchema = resource(
  'PriceList',
  plainMetadata,
  z.strictObject({
    models: z
      .record(
        upstreamModel,
        z
          .strictObject({
            retiresOn: date.optional().describe('The provider stops serving the model on this day'),
            prices: z.array(price).min(1).describe('Append, do not edit: the past is never re-priced'),
          })
          .describe('One model of the provider'),
      )
      .describe("Models by the provider's own ids"),
    discounts: z
      .array(
        z.strictObject({
          percent: percent.describe('Percent off all rates, decimal string'),
          from: date.describe('First day'),
          until: date.describe('Last day'),
          models: z
            .array(modelPattern.describe("The provider's own model id; * stands for any characters"))
            .min(1)
            .describe('What is cheaper'),
        }),
      )
      .default([])
      .describe('What an agreement takes off the published prices'),
  }),
);
