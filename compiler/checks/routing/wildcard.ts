import { isWildcard } from '../../resolve/pattern.ts';
import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { writtenModels } from '../written-models.ts';

export const routingWildcard: TreeCheck = function* ({ resources }) {
  for (const { name, spec, owner } of writtenModels(resources)) {
    if (!isWildcard(name)) continue;
    const where = atKey(owner, 'spec', 'models', name);
    const provider = resources.providers.get(spec.single?.provider ?? '');
    if (provider?.spec.type === 'azure' && provider.spec.deployment !== undefined) {
      yield {
        code: 'routing/wildcard',
        message: `${name} stands for many models, but provider ${provider.name} sends every request without a model to its one deployment ${provider.spec.deployment}`,
        at: where,
        hint: 'name the models one by one, or use a provider without deployment',
      };
    }
    if (spec.single !== undefined && spec.single.model === undefined && spec.aliases.length === 0) continue;
    yield {
      code: 'routing/wildcard',
      message: `${name} stands for all priced models of one provider: it takes a single target without a model, and no aliases`,
      at: where,
      hint: 'write single: {provider: …}, or name the models one by one',
    };
  }
};
