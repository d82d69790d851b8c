import { at } from '../../resolve/resources.ts';
import { branchesOf } from '../../schema/strategy.ts';
import type { TreeCheck } from '../check.ts';

/** A target that failed is left alone for the cooldown: a second entry of it would not be tried. */
export const routingRepeatedTarget: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    for (const [name, model] of Object.entries(profile.spec.models)) {
      for (const { path, fallback } of branchesOf(model)) {
        const base = ['spec', 'models', name, ...path, 'fallback', 'targets'];
        const targets = (fallback?.targets ?? []).map(
          ({ provider, model: upstream }) => `${provider} ${upstream ?? ''}`,
        );
        for (const [index, target] of targets.entries()) {
          const first = targets.indexOf(target);
          if (first === index) continue;
          yield {
            code: 'routing/repeated-target',
            message: `${name} falls back to a target that is already in its list`,
            at: at(profile, ...base, index),
            hint: 'remove it, or fall back to another provider or model',
            related: [{ message: 'the same target', at: at(profile, ...base, first) }],
          };
        }
      }
    }
  }
};
