import { addDays, daysBetween } from '../../resolve/calendar.ts';
import { targetsOf } from '../../resolve/model.ts';
import { atKey } from '../../resolve/resources.ts';
import { upstreamModels } from '../../table/rule.ts';
import type { EnvironmentCheck } from '../check.ts';

/** Time enough to try another model and to release it. From the day itself on, routing/retired-model speaks. */
const ahead = 30;

export const timeRetiringModel: EnvironmentCheck = function* ({ model }) {
  const horizon = addDays(model.date, ahead);
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) {
      for (const target of targetsOf(routed)) {
        for (const upstream of upstreamModels(model, routed, target)) {
          const row = model.prices.inForce(target.provider, upstream);
          if (row === undefined || row.retiresOn === null) continue;
          if (row.retiresOn <= model.date || row.retiresOn > horizon) continue;
          const list = model.resources.priceLists.get(row.priceList);
          yield {
            code: 'time/retiring-model',
            message: `${routed.name} routes to ${upstream}, which its provider retires on ${row.retiresOn}, in ${days(daysBetween(model.date, row.retiresOn))}`,
            at: target.origin,
            hint: 'route to its successor before that day',
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

function days(count: number): string {
  return count === 1 ? 'one day' : `${count} days`;
}
