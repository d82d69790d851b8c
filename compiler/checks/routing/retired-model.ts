import type { EnvironmentCheck } from '../check.ts';
import { retirementIn } from '../retirement.ts';
import { routedUpstreams } from '../upstreams.ts';

export const routingRetiredModel: EnvironmentCheck = function* ({ model }) {
  for (const { routed, target, name, row } of routedUpstreams(model)) {
    if (row === undefined || row.retiresOn === null || model.date < row.retiresOn) continue;
    yield {
      code: 'routing/retired-model',
      message: `${name} was retired by its provider on ${row.retiresOn}, but ${routed.name} still routes to it`,
      at: target.origin,
      hint: 'route to a model that is still served',
      related: retirementIn(row, model),
    };
  }
};
