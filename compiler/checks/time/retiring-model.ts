import { addDays, daysBetween } from '../../resolve/calendar.ts';
import type { EnvironmentCheck } from '../check.ts';
import { retirementIn } from '../retirement.ts';
import { routedUpstreams } from '../upstreams.ts';

/** Time enough to try another model and to release it. From the day itself on, routing/retired-model speaks. */
const ahead = 30;

export const timeRetiringModel: EnvironmentCheck = function* ({ model }) {
  const horizon = addDays(model.date, ahead);
  for (const { routed, target, name, row } of routedUpstreams(model)) {
    if (row === undefined || row.retiresOn === null) continue;
    if (row.retiresOn <= model.date || row.retiresOn > horizon) continue;
    yield {
      code: 'time/retiring-model',
      message: `${routed.name} routes to ${name}, which its provider retires on ${row.retiresOn}, in ${days(daysBetween(model.date, row.retiresOn))}`,
      at: target.origin,
      hint: 'route to its successor before that day',
      related: retirementIn(row, model),
    };
  }
};

function days(count: number): string {
  return count === 1 ? 'one day' : `${count} days`;
}
