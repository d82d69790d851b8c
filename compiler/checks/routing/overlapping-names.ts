import type { ResolvedModel } from '../../resolve/model.ts';
import type { EnvironmentCheck } from '../check.ts';

export const routingOverlappingNames: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    const owners = new Map<string, ResolvedModel>();
    for (const routed of profile.models) {
      for (const name of routed.publicNames) {
        const owner = owners.get(name);
        if (owner === undefined) {
          owners.set(name, routed);
          continue;
        }
        yield {
          code: 'routing/overlapping-names',
          message: `in profile ${profile.name} both ${owner.name} and ${routed.name} serve the name ${name}`,
          at: routed.origin,
          hint: 'rename one, or narrow the wildcard',
          related: [{ message: `${owner.name} also serves it`, at: owner.origin }],
        };
      }
    }
  }
};
