import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** Fields by which the gateway routes, converts or counts. */
const reserved = new Set(['model', 'messages', 'input', 'stream', 'stream_options', 'instructions']);

export const routingReservedParameter: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    for (const [name, model] of Object.entries(profile.spec.models)) {
      for (const list of ['defaults', 'overrides'] as const) {
        for (const parameter of Object.keys(model.parameters[list])) {
          if (!reserved.has(parameter)) continue;
          yield {
            code: 'routing/reserved-parameter',
            message: `${list} of ${name} sets ${parameter}, by which the gateway itself decides or counts`,
            at: atKey(profile, 'spec', 'models', name, 'parameters', list, parameter),
            hint: 'remove it',
          };
        }
      }
    }
  }
};
