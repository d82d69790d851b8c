import type { Report } from '../../diagnostics/finding.ts';
import { addDays } from '../../resolve/calendar.ts';
import type { Model, PricedRow } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/** Whoever merges in these days should know what changes without a merge. A model that retires is time/retiring-model's. */
const horizon = 14;

export const timeAhead: EnvironmentCheck = function* ({ model }) {
  const last = addDays(model.date, horizon);
  const soon = (day: string) => model.date < day && day <= last;
  yield* prices(model, soon);
  for (const [index, { until }] of model.environment.spec.safety.acknowledge.entries()) {
    const end = addDays(until, 1);
    if (!soon(end)) continue;
    const where = at(model.environment, 'spec', 'safety', 'acknowledge', index, 'until');
    yield report(`from ${end} on deletions are no longer acknowledged`, where, 'deploy before, or renew it');
  }
  for (const tenant of model.tenants) {
    if (tenant.statusAsWritten !== 'retired' || tenant.retiredOn === undefined) continue;
    const end = addDays(tenant.retiredOn, model.environment.spec.safety.quarantineDays);
    if (soon(tenant.retiredOn)) {
      const message = `tenant ${tenant.name} retires on ${tenant.retiredOn}: a deploy from that day on refuses it`;
      yield report(message, tenant.origin('retiredOn'), 'schedule a deploy for that day');
    } else if (soon(end) && tenant.resource.spec.clients.length > 0) {
      const message = `the quarantine of tenant ${tenant.name} ends on ${end}: a deploy from that day on deletes its app clients`;
      yield report(message, tenant.origin('retiredOn'), 'reactivate the tenant before, if somebody still needs them');
    }
  }
};

type Soon = (day: string) => boolean;

/** Once for a list and day, however many of its models change. */
function* prices({ prices: { rows } }: Model, soon: Soon): Iterable<Report> {
  const steps = new Map<string, PricedRow[]>();
  for (const row of rows) {
    if (!soon(row.from)) continue;
    const key = `${row.priceList} ${row.from}`;
    const known = steps.get(key);
    if (known === undefined) steps.set(key, [row]);
    else known.push(row);
  }
  for (const changed of steps.values()) {
    const [first] = changed;
    if (first === undefined) continue;
    const models = new Set(changed.map(({ model }) => model)).size;
    const whose = models === 1 ? `the price of ${first.model}` : `prices of ${models} models of ${first.priceList}`;
    const verb = models === 1 ? 'changes' : 'change';
    const message = `${whose} ${verb} on ${first.from}: gateways know one price at a time, and learn the new one by a deploy`;
    yield report(message, first.origin, 'schedule a deploy for that day');
  }
}

function report(message: string, where: Report['at'], hint: string): Report {
  return { code: 'time/ahead', message, at: where, hint };
}
