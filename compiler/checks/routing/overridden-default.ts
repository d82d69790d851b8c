import { at, atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { writtenModels } from '../written-models.ts';

/** A default fills what is absent; after an override nothing is. */
export const routingOverriddenDefault: TreeCheck = function* ({ resources }) {
  for (const { name, spec, owner } of writtenModels(resources)) {
    const { defaults, overrides } = spec.parameters;
    for (const parameter of Object.keys(defaults)) {
      if (!Object.hasOwn(overrides, parameter)) continue;
      const base = ['spec', 'models', name, 'parameters'];
      yield {
        code: 'routing/overridden-default',
        message: `the default of ${parameter} in ${name} has no effect: an override always sets it`,
        at: atKey(owner, ...base, 'defaults', parameter),
        hint: 'remove one of them',
        related: [{ message: 'the override', at: at(owner, ...base, 'overrides', parameter) }],
      };
    }
  }
};
