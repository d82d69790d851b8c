import type { EnvironmentCheck } from '../check.ts';

export const routingRetryMismatch: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) {
      for (const { branches, origin } of routed.cases) {
        const failovers = branches.flatMap(({ failover }) => failover ?? []);
        if (new Set(failovers.map(({ statuses, backoff }) => JSON.stringify([statuses, backoff]))).size < 2) {
          if (new Set(failovers.flatMap(({ retries }) => retries ?? [])).size < 2) continue;
        }
        yield {
          code: 'routing/retry-mismatch',
          message: `the fallbacks within ${routed.name} differ in on, retries or backoff, but the gateway has one retry policy for the whole split`,
          at: origin,
          hint: 'give all branches the same on, retries and backoff',
        };
      }
    }
  }
};
