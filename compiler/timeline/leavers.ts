import type { AnalysedEnvironment } from '../analysis.ts';
import { addDays } from '../resolve/calendar.ts';
import { at } from '../resolve/resources.ts';
import type { Occurrence } from './occurrence.ts';

/** A tenant that leaves, and the day from which a deploy deletes its app clients. */
export function leaverOccurrences({ model }: AnalysedEnvironment): Occurrence[] {
  const { quarantineDays } = model.environment.spec.safety;
  return model.tenants.flatMap((tenant): Occurrence[] => {
    const { name, retiredOn, statusAsWritten, resource } = tenant;
    if (statusAsWritten !== 'retired' || retiredOn === undefined) return [];
    const clients = resource.spec.clients.length;
    const common = { subject: name, tenants: [name], prices: [], models: [], at: tenant.origin('retiredOn') };
    const leaves: Occurrence = {
      ...common,
      on: retiredOn,
      kind: 'tenant-retires',
      sentence: `tenant ${name} retires: its requests are answered 403 once this is deployed`,
      todo: 'schedule a deploy on this day: until then it is served',
      affects: ['artifacts'],
    };
    // Without clients there is nothing to delete.
    if (clients === 0) return [leaves];
    return [
      leaves,
      {
        ...common,
        on: addDays(retiredOn, quarantineDays),
        kind: 'quarantine-ends',
        sentence: `the quarantine of ${name} is over after ${quarantineDays} days: its ${clients === 1 ? 'app client is' : `${clients} app clients are`} deleted by the next deploy, if a deploy has seen it retire`,
        todo: 'nothing, if it is to go; until then its status can be taken back',
        affects: ['deployment'],
      },
    ];
  });
}

/** An acknowledgement holds on its last day. */
export function acknowledgementOccurrences({ model: { environment } }: AnalysedEnvironment): Occurrence[] {
  const { acknowledge, deletes } = environment.spec.safety;
  return acknowledge.map(({ change, upTo, until, reason }, index) => ({
    prices: [],
    models: [],
    on: addDays(until, 1),
    kind: 'acknowledgement-expires',
    subject: environment.name,
    sentence: `the acknowledgement of up to ${upTo} × ${change} (${reason}) is over: more than ${deletes.count} deletions or ${deletes.percent} % are refused again`,
    todo: 'deploy the deletions before this day, or renew it; then remove it',
    affects: ['deployment'],
    tenants: [],
    at: at(environment, 'spec', 'safety', 'acknowledge', index, 'until'),
  }));
}
