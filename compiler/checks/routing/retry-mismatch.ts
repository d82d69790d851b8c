import type { Failover } from '../../resolve/model.ts';
import type { EnvironmentCheck } from '../check.ts';

export const routingRetryMismatch: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) {
      const failovers = routed.branches.flatMap((branch) => branch.failover ?? []);
      const policies = new Set(failovers.map(policy));
      if (policies.size < 2) continue;
      yield {
        code: 'routing/retry-mismatch',
        message: `the fallbacks within ${routed.name} differ in on, retries or backoff, but the gateway has one retry policy for the whole split`,
        at: routed.origin,
        hint: 'give all branches the same on, retries and backoff',
      };
    }
  }
};

function policy({ statuses, retries, backoff }: Failover): string {
  return JSON.stringify([statuses, retries ?? null, backoff]);
}
