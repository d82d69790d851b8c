import { targetsOf } from '../../resolve/model.ts';
import { atKey } from '../../resolve/resources.ts';
import { upstreamModels } from '../../table/rule.ts';
import type { EnvironmentCheck } from '../check.ts';

export const routingRetiredModel: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) {
      for (const target of targetsOf(routed)) {
        for (const upstream of upstreamModels(model, routed, target)) {
          const row = model.prices.inForce(target.provider, upstream);
          if (row === undefined || row.retiresOn === null || model.date < row.retiresOn) continue;
          const list = model.resources.priceLists.get(row.priceList);
          yield {
            code: 'routing/retired-model',
            message: `${upstream} was retired by its provider on ${row.retiresOn}, but ${routed.name} still routes to it`,
            at: target.origin,
            hint: 'route to a model that is still served',
            related:
              list === undefined
                ? []
                : [{ message: 'its retirement', at: atKey(list, 'spec', 'models', upstream, 'retiresOn') }],
          };
        }
      }
    }
  }
};
