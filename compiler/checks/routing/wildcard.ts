import { isWildcard } from '../../resolve/pattern.ts';
import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const routingWildcard: TreeCheck = function* ({ resources: { profiles, providers } }) {
  for (const profile of profiles.values()) {
    for (const [name, model] of Object.entries(profile.spec.models)) {
      if (!isWildcard(name)) continue;
      const provider = providers.get(model.single?.provider ?? '')?.spec;
      if (provider?.type === 'azure' && provider.deployment !== undefined) {
        yield {
          code: 'routing/wildcard',
          message: `${name} stands for many models, but provider ${model.single?.provider} sends every request without a model to its one deployment ${provider.deployment}`,
          at: atKey(profile, 'spec', 'models', name),
          hint: 'name the models one by one, or use a provider without deployment',
        };
      }
      if (model.single !== undefined && model.single.model === undefined && model.aliases.length === 0) continue;
      yield {
        code: 'routing/wildcard',
        message: `${name} stands for all priced models of one provider: it takes a single target without a model, and no aliases`,
        at: atKey(profile, 'spec', 'models', name),
        hint: 'write single: {provider: …}, or name the models one by one',
      };
    }
  }
};
