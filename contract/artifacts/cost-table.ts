import { z } from 'zod';
import { schemaVersion } from '../vocabulary.ts';

export const rateNames = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'reasoning',
  'inputAudio',
  'outputAudio',
] as const;
export type RateName = (typeof rateNames)[number];

const rate = z.string().regex(/^\d+(\.\d{1,6})?$/);
const rates = z.partialRecord(z.enum(rateNames), rate).describe('USD per 1 000 000 tokens');

/** Price rows for the ledger, discounts applied. Key: provider as the gateway logs it, upstream model, day. */
const row = z.strictObject({
  provider: z.string().describe('Catalogue key of the provider, as logged: aws.bedrock, anthropic, …'),
  model: z.string().describe('Upstream model'),
  from: z.iso.date().describe('First day (UTC) on which the row holds'),
  until: z.iso.date().nullable().describe('First day on which it no longer does; null: open'),
  rates,
  tiers: z.array(z.strictObject({ contextOver: z.int().positive(), rates })),
  discountPercent: z.string().nullable(),
  priceList: z.string(),
  source: z.string(),
  verifiedOn: z.iso.date(),
  retiresOn: z.iso.date().nullable(),
});

export const costTableSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  currency: z.literal('USD'),
  unit: z.literal('1M tokens'),
  version: z.string().describe('Digest of the rows'),
  rows: z.array(row).describe('Sorted by provider, model, from'),
});

export type CostTable = z.infer<typeof costTableSchema>;
export type PriceRow = CostTable['rows'][number];
export type Rates = PriceRow['rates'];
