import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/** The gateway takes 64 conditional entries, one of them the default; with more its config does not load. */
const most = 63;

/** Local limits are one bucket per tenant. */
export const limitsLocalCapacity: EnvironmentCheck = function* ({ model: { environment, tenants } }) {
  if (environment.spec.limits?.backend !== 'local') return;
  // A limit of zero is a denial and needs no bucket.
  const limited = tenants.filter(
    ({ status, limits }) => status === 'active' && (limits.requestsPerMinute ?? 0) > 0 && limits.tokensPerDay !== 0,
  );
  if (limited.length <= most) return;
  yield {
    code: 'limits/local-capacity',
    message: `${limited.length} active tenants have a limit of requests, but a gateway counts for at most ${most} by itself`,
    at: at(environment, 'spec', 'limits'),
    hint: 'let the rate limit service count: limits: {backend: global}',
  };
};
