import type { Path } from '../../diagnostics/finding.ts';
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
  const { environment } = model;
  if (environment.spec.class !== 'prod') return;
  for (const { path, what, hint } of weaknesses(model)) {
    yield {
      code: 'security/weak-thresholds',
      message: `environment ${environment.name} is of class prod, but ${what}`,
      at: at(environment, 'spec', 'safety', ...path),
      hint,
    };
  }
};

interface Weakness {
  readonly path: Path;
  /** Of the environment, as a sentence goes on. */
  readonly what: string;
  readonly hint: string;
}

function* weaknesses(model: Model): Iterable<Weakness> {
  const { deletes, quarantineDays, acknowledge } = model.environment.spec.safety;
  const clients = clientsOf(model);
  if (quarantineDays === 0) {
    const what = 'has no quarantine: credentials would be gone with the deploy that removes them';
    yield { path: ['quarantineDays'], what, hint: 'allow some days' };
  }
  if (deletes.percent > mostPercent) {
    const what = `lets ${deletes.percent} % of its clients be deleted without a word`;
    yield { path: ['deletes', 'percent'], what, hint: `stay within ${mostPercent}` };
  }
  if (deletes.count > harmless && deletes.count * 100 > clients * mostPercent) {
    const most = Math.max(harmless, Math.floor((clients * mostPercent) / 100));
    const what = `lets ${deletes.count} clients be deleted without a word, and has ${clients}`;
    yield { path: ['deletes', 'count'], what, hint: `stay within ${most}` };
  }
  const last = addDays(model.date, longestAcknowledgement);
  const most = Math.max(harmless, writtenClients(model));
  for (const [index, { until, upTo }] of acknowledge.entries()) {
    if (upTo > most) {
      const what = `has ${upTo} deletions acknowledged, more than all of its clients`;
      const hint = `stay within ${most}; a tenant that is retired keeps its clients in the count until they are gone`;
      yield { path: ['acknowledge', index, 'upTo'], what, hint };
    }
    if (until <= last) continue;
    const what = `has deletions acknowledged until ${until}: an acknowledgement is for a change that is about to be made`;
    yield { path: ['acknowledge', index, 'until'], what, hint: `end it by ${last}, and renew it when it is needed` };
  }
}

/** With those of retired tenants, which are what is deleted. */
function writtenClients({ tenants }: Model): number {
  return tenants.reduce((sum, { resource }) => sum + resource.spec.clients.length, 0);
}

function clientsOf({ tenants }: Model): number {
  return tenants.reduce(
    (sum, { status, resource }) => sum + (status === 'retired' ? 0 : resource.spec.clients.length),
    0,
  );
}
