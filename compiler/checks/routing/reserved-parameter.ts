import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { writtenModels } from '../written-models.ts';

/** Fields by which the gateway routes, converts or counts. */
const reserved = new Set(['model', 'messages', 'input', 'stream', 'stream_options', 'instructions']);

export const routingReservedParameter: TreeCheck = function* ({ resources }) {
  for (const { name, spec, owner } of writtenModels(resources)) {
    for (const list of ['defaults', 'overrides'] as const) {
      for (const parameter of Object.keys(spec.parameters[list])) {
        if (!reserved.has(parameter)) continue;
        yield {
          code: 'routing/reserved-parameter',
          message: `${list} of ${name} sets ${parameter}, by which the gateway itself decides or counts`,
          at: atKey(owner, 'spec', 'models', name, 'parameters', list, parameter),
          hint: 'remove it',
        };
      }
    }
  }
};
