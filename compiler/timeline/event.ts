import { z } from 'zod';
import { rateNames } from '../../contract/artifacts/cost-table.ts';
import { schemaVersion } from '../../contract/vocabulary.ts';

const eventKinds = [
  'price',
  'discount-begins',
  'discount-ends',
  'model-retires',
  'tenant-retires',
  'quarantine-ends',
  'acknowledgement-expires',
] as const;

/** What is no longer as it was the day before: what compile writes, what validate finds, what a deploy does. */
const effects = ['artifacts', 'findings', 'deployment'] as const;
export type Effect = (typeof effects)[number];

const rates = z.partialRecord(z.enum(rateNames), z.string()).describe('USD per 1M tokens, discount applied');

const priceChange = z.strictObject({
  provider: z.string().describe('Name under which it is logged and priced'),
  model: z.string().describe("The provider's model id"),
  before: rates.nullable().describe('null: it had no price'),
  after: rates,
});

const event = z.strictObject({
  on: z.iso.date(),
  kind: z.enum(eventKinds),
  subject: z.string(),
  environments: z.array(z.string()).describe('Where it counts'),
  sentence: z.string().describe('What changes'),
  todo: z.string().describe('What to do'),
  affects: z.array(z.enum(effects)),
  prices: z.array(priceChange),
  models: z.array(z.string()).describe('Public models that it touches'),
  tenants: z.array(z.string()).describe('Tenants that it touches'),
  place: z.strictObject({ file: z.string(), line: z.int(), column: z.int() }),
});

export const timelineSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  date: z.iso.date().describe('Events lie after it'),
  until: z.iso.date().nullable().describe('The last day that is told; null: no end'),
  environments: z.array(z.string()),
  errors: z.int().describe('Of the configuration: where there are any, what is told is only what is known'),
  events: z.array(event).describe('By day, then by place'),
});

export type Timeline = z.infer<typeof timelineSchema>;
export type TimelineEvent = Timeline['events'][number];
