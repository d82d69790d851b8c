import { atKey } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/** On a laptop nobody needs limits; anywhere else somebody wrote them to be kept. */
export const limitsNotEnforced: EnvironmentCheck = function* ({ model: { environment, tenants } }) {
  const { class: environmentClass, limits } = environment.spec;
  if (environmentClass === 'local' || limits !== undefined) return;
  // A limit of zero is a denial, which needs nothing to count.
  const limited = tenants.filter(
    (tenant) =>
      tenant.status === 'active' &&
      ((tenant.limits.requestsPerMinute ?? 0) > 0 || (tenant.limits.tokensPerDay ?? 0) > 0),
  );
  if (limited.length === 0) return;
  yield {
    code: 'limits/not-enforced',
    message: `nothing enforces limits in ${environment.name}, and ${limited.length === 1 ? 'one tenant has' : `${limited.length} tenants have`} some`,
    at: atKey(environment, 'spec'),
    hint: 'add limits: {backend: local} or {backend: global}',
  };
};
