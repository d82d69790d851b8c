import { at, atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** A default fills what is absent; after an override nothing is. */
export const routingOverriddenDefault: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    for (const [name, { parameters }] of Object.entries(profile.spec.models)) {
      for (const parameter of Object.keys(parameters.defaults)) {
        if (!Object.hasOwn(parameters.overrides, parameter)) continue;
        const base = ['spec', 'models', name, 'parameters'];
        yield {
          code: 'routing/overridden-default',
          message: `the default of ${parameter} in ${name} has no effect: an override always sets it`,
          at: atKey(profile, ...base, 'defaults', parameter),
          hint: 'remove one of them',
          related: [{ message: 'the override', at: at(profile, ...base, 'overrides', parameter) }],
        };
      }
    }
  }
};
