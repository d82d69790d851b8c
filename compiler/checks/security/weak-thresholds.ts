import type { Path, Report } from '../../diagnostics/finding.ts';
import { addDays } from '../../resolve/calendar.ts';
import type { Model } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/** More than this share of the clients at once is no clean-up. */
const mostPercent = 50;

/** Below it a count protects nothing and hurts nobody: a small environment has no more clients than that. */
const harmless = 20;

/** An acknowledgement is for one change that is about to be made. */
const longestAcknowledgement = 92;

/** Credentials that are deleted do not come back: the last thing between a mistaken merge and all of them. */
export const securityWeakThresholds: EnvironmentCheck = function* ({ model }) {
  const { environment, date } = model;
  if (environment.spec.class !== 'prod') return;
  const { deletes, quarantineDays, acknowledge } = environment.spec.safety;
  const report = (message: string, hint: string, ...path: Path): Report => ({
    code: 'security/weak-thresholds',
    message: `environment ${environment.name} is of class prod, but ${message}`,
    at: at(environment, 'spec', 'safety', ...path),
    hint,
  });
  const clients = clientsOf(model);
  if (quarantineDays === 0) {
    yield report(
      'has no quarantine: credentials would be gone with the deploy that removes them',
      'allow some days',
      'quarantineDays',
    );
  }
  if (deletes.percent > mostPercent) {
    yield report(
      `lets ${deletes.percent} % of its clients be deleted without a word`,
      `stay within ${mostPercent}`,
      'deletes',
      'percent',
    );
  }
  if (deletes.count > harmless && deletes.count * 100 > clients * mostPercent) {
    yield report(
      `lets ${deletes.count} clients be deleted without a word, and has ${clients}`,
      `stay within ${Math.max(harmless, Math.floor((clients * mostPercent) / 100))}`,
      'deletes',
      'count',
    );
  }
  for (const [index, { until }] of acknowledge.entries()) {
    const last = addDays(date, longestAcknowledgement);
    if (until <= last) continue;
    yield report(
      `has deletions acknowledged until ${until}: an acknowledgement is for a change that is about to be made`,
      `end it by ${last}, and renew it when it is needed`,
      'acknowledge',
      index,
      'until',
    );
  }
};

function clientsOf({ tenants }: Model): number {
  return tenants.reduce(
    (sum, { status, resource }) => sum + (status === 'retired' ? 0 : resource.spec.clients.length),
    0,
  );
}
