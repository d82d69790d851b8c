import { z } from 'zod';
import { apiVersion } from '../../contract/vocabulary.ts';

export const name = z
  .string()
  .max(40, 'a name has at most 40 characters')
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'a name is a DNS label: lower-case letters, digits and inner hyphens')
  .refine((n) => n !== 'constructor', 'this word is reserved')
  .meta({ examples: ['ml-platform'] })
  .describe('DNS label of at most 40 characters, unique per kind, equal to the file name');

/** Thirty-two hexadecimal digits in a row are a key in the place of its name. */
export const secretName = name.regex(
  /^(?!.*[0-9a-f]{32})/,
  'this looks like the secret itself: a secret is only named here, and the key stays in the secret store',
);

/** A name that becomes a part of a Cognito name, whose whole length is limited to 128. */
export const shortName = name.max(24, 'this name becomes part of a Cognito name and has at most 24 characters');

export const text = (description: string) =>
  z.string().min(1, 'must not be empty').max(500, 'at most 500 characters').describe(description);

/** A text that is compared or booked: what nobody sees in it would make another of it. */
export const label = (description: string) =>
  text(description).regex(
    /^(?!\s)[^\p{Cc}\u2028\u2029]*(?<!\s)$/u,
    'no outer spaces, line breaks or control characters: it is compared and booked as it stands',
  );

export const date = z.iso
  .date('a date is written 2026-01-31')
  .meta({ examples: ['2026-01-31'] })
  .describe('A day in UTC, YYYY-MM-DD');

export const duration = z
  .string()
  .regex(/^[1-9]\d{0,5}(ms|s)$/, 'a duration is a positive whole number of ms or s, such as 50ms or 60s')
  .meta({ examples: ['50ms', '60s'] })
  .describe('Duration such as 50ms or 60s');

export const awsRegion = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region looks like us-east-1')
  .meta({ examples: ['us-east-1'] })
  .describe('AWS region');

export const usd = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,2})?$/, 'an amount is a decimal string in USD with at most two decimals, such as "250.00"')
  .meta({ examples: ['250.00'] })
  .describe('USD, decimal string with at most two decimals');

export const percent = z
  .string()
  .regex(/^(100|\d{1,2}(\.\d{1,2})?)$/, 'a percentage is a decimal string from "0" to "100" with at most two decimals')
  .meta({ examples: ['10'] })
  .describe('Percentage, decimal string');

/** Whether `host` or `host:port` names no port or one that can be connected to: the gateway does not start with another. */
export function hasValidPort(authority: string): boolean {
  const port = Number(authority.split(':')[1] ?? 443);
  return port >= 1 && port <= 65_535;
}

export const validPort = 'a port is a number from 1 to 65535';

export const httpsUrl = z
  .string()
  .regex(
    /^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[A-Za-z0-9._~!&'()*+,;=:@%/?-]*)?$/,
    'must be an https:// URL with a lower-case host',
  )
  .refine((url) => hasValidPort(url.slice('https://'.length).split('/')[0] ?? ''), validPort)
  .max(256, 'at most 256 characters')
  .meta({ examples: ['https://gateway.example.com'] })
  .describe('https URL');

/** What a client sends as `model`. */
export const publicModel = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/, 'a model name has letters, digits and . _ : / @ - only')
  .meta({ examples: ['claude-sonnet'] })
  .describe('Public model name: what clients send');

export const modelPattern = z
  .string()
  .regex(/^[A-Za-z0-9*][A-Za-z0-9._:/@*-]{0,127}$/, 'a model pattern has letters, digits, . _ : / @ - and * only')
  .meta({ examples: ['claude-sonnet', 'gpt-*'] })
  .describe('Public model name; * stands for any characters');

/** What the provider calls a model. */
export const upstreamModel = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,255}$/, 'an upstream model id has letters, digits and . _ : / @ - only')
  .meta({ examples: ['claude-sonnet-5-5'] })
  .describe("The provider's own model id");

export const residencyLabel = z
  .string()
  .regex(/^[a-z]{2,16}$/, 'a residency is a short lower-case word, such as us or eu')
  .meta({ examples: ['us', 'eu'] })
  .describe('Where requests are processed, such as us or eu');

const named: Readonly<Record<string, string>> = {
  Environment: 'prod',
  Guardrail: 'baseline',
  PriceList: 'bedrock',
  Provider: 'bedrock-us',
  RoutingProfile: 'bedrock-first',
  Tenant: 'ml-platform',
};

export const reference = (kind: string) =>
  name.meta({ examples: [named[kind] ?? kind] }).describe(`Name of ${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`);

export const plainMetadata = z.strictObject({ name }).describe('What it is called');

/** Every kind: the same four fields, nothing else. */
export function resource<K extends string, M extends z.ZodType, S extends z.ZodType>(kind: K, metadata: M, spec: S) {
  return z.strictObject({
    apiVersion: z.literal(apiVersion).describe('Format of the file'),
    kind: z.literal(kind).describe('What the file holds; follows from its folder'),
    metadata,
    spec,
  });
}

export function uniqueItems(items: readonly unknown[]): boolean {
  return new Set(items).size === items.length;
}

export const unique = { message: 'the same item is listed twice' };
