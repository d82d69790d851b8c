import { z } from 'zod';

/**
 * The configuration file of the Envoy rate limit service: read by that service alone, which refuses fields that it does
 * not know, so that it has no schema version. JSON is YAML. The domain is all it needs, for the limits travel with each
 * request; a domain that no file names would be answered OK for ever.
 */
export const rateLimitSchema = z.strictObject({
  domain: z.string().regex(/^gatewright-[a-z0-9-]+$/),
});

export type RateLimitConfig = z.infer<typeof rateLimitSchema>;
