import { at, type Resource } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/**
 * The invoke scope is named after it, and little else in a token says for which environment it was made. On a laptop
 * tokens come from the embedded AWS, which nobody else believes. That no other name is shared holds by construction: an
 * environment's own name is in those of its clients, secrets and bucket.
 */
export const securitySharedResourceServer: TreeCheck = function* ({ resources: { environments } }) {
  const owners = new Map<string, Resource<'Environment'>>();
  for (const environment of environments.values()) {
    if (environment.spec.class === 'local') continue;
    const server = environment.spec.access.resourceServer.replace(/\/+$/, '');
    const owner = owners.get(server);
    if (owner === undefined) {
      owners.set(server, environment);
      continue;
    }
    yield {
      code: 'security/shared-resource-server',
      message: `environments ${owner.name} and ${environment.name} have one resource server: a scope for one would be a scope for the other`,
      at: at(environment, 'spec', 'access', 'resourceServer'),
      hint: 'give each its own',
      related: [{ message: 'the other environment', at: at(owner, 'spec', 'access', 'resourceServer') }],
    };
  }
};
