import type { TreeCheck } from '../check.ts';
import { fallbacksOf, writtenModels } from '../written-models.ts';

/** Answers to a request that is itself wrong: every target gives them, as often as a client likes. */
const clientFaults: ReadonlySet<number> = new Set([400, 405, 406, 411, 413, 414, 415, 422, 431]);

export const routingClientFaultStatus: TreeCheck = function* ({ resources }) {
  for (const model of writtenModels(resources)) {
    for (const { fallback, at } of fallbacksOf(model)) {
      const faults = fallback.on.filter((status) => clientFaults.has(status));
      const [first] = faults;
      if (first === undefined) continue;
      yield {
        code: 'routing/client-fault-status',
        message: `the fallback of ${model.name} acts on ${faults.join(' and ')}, the client's own mistake: one bad request tries all targets and puts each aside for every tenant`,
        at: at('on', fallback.on.indexOf(first)),
        hint: 'keep to 429 and the statuses from 500',
      };
    }
  }
};
