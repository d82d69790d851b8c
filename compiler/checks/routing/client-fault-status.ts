import { at } from '../../resolve/resources.ts';
import { branchesOf } from '../../schema/strategy.ts';
import type { TreeCheck } from '../check.ts';

/** Answers to a request that is itself wrong: every target gives them, as often as a client likes. */
const clientFaults: ReadonlySet<number> = new Set([400, 405, 406, 411, 413, 414, 415, 422, 431]);

export const routingClientFaultStatus: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    for (const [name, model] of Object.entries(profile.spec.models)) {
      for (const { path, fallback } of branchesOf(model)) {
        const faults = (fallback?.on ?? []).filter((status) => clientFaults.has(status));
        if (faults.length === 0) continue;
        const index = fallback?.on.findIndex((status) => clientFaults.has(status)) ?? 0;
        yield {
          code: 'routing/client-fault-status',
          message: `the fallback of ${name} acts on ${faults.join(' and ')}, the client's own mistake: one bad request tries all targets and puts each aside for every tenant`,
          at: at(profile, 'spec', 'models', name, ...path, 'fallback', 'on', index),
          hint: 'keep to 429 and the statuses from 500',
        };
      }
    }
  }
};
