import type { RateLimitConfig } from '../../contract/artifacts/rate-limit.ts';
import type { Model } from '../resolve/model.ts';
import { at } from '../resolve/resources.ts';
import type { Emitted } from './emitted.ts';
import { rateLimitDomain } from './gateway/limits.ts';

/**
 * What the rate limit service of the environment loads. It is written for every environment, also where nothing asks
 * the service yet: a service that runs before the gateway turns to it already knows the domain.
 */
export function emitRateLimit({ environment }: Model): Emitted {
  const value: RateLimitConfig = { domain: rateLimitDomain(environment.name) };
  return { value, sources: [{ path: [], origin: at(environment, 'metadata', 'name') }] };
}
