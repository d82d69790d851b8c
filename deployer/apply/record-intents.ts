import { intentsOf } from '../settle-intents.ts';
import type { RecordedClient } from '../state.ts';
import type { Session } from './session.ts';

/**
 * Before Cognito, Secrets Manager or ECS is touched, the state says what may become of it: clients that may come into
 * being are intents, settings and credentials that may change are not known any more, nor is what the service runs.
 * Whatever interrupts the apply, the next plan then sends them again, also when by then something else is desired.
 */
export async function recordIntents(session: Session): Promise<void> {
  const { ledger, situation } = session;
  const { release } = situation;
  const creations = session.actions('create-client').map(({ key }) => key);
  for (const [key, intent] of Object.entries(intentsOf(release, creations))) ledger.intents.set(key, intent);
  for (const { key, from } of session.actions('update-client', 'restore-client')) {
    doubt(session, from, (record) => ({ ...record, settings: null }));
    if (from !== key) expectCredentials(session, key, from);
  }
  for (const { key } of session.actions('publish-credentials')) {
    doubt(session, key, (record) => ({
      ...record,
      credentials: record.credentials === null ? null : { ...record.credentials, content: null },
    }));
  }
  const touches = session.actions('create-client', 'update-client', 'restore-client', 'publish-credentials');
  const rollOuts = session.actions('roll-out');
  if (rollOuts.length > 0) ledger.rollingOut = true;
  if (touches.length + rollOuts.length > 0) await ledger.save();
}

function doubt({ ledger }: Session, key: string, change: (record: RecordedClient) => RecordedClient): void {
  const live = ledger.clients.get(key);
  if (live !== undefined) ledger.clients.set(key, change(live));
  for (const [id, kept] of ledger.quarantined) {
    if (kept.key === key) ledger.quarantined.set(id, { ...kept, settings: null });
  }
}

/** A rename publishes under a new name before the client has its new key: until then that name counts as left over. */
function expectCredentials({ ledger, situation }: Session, key: string, renamedTo: string): void {
  const credentials = situation.release.clients.clients[key]?.credentials ?? null;
  if (credentials === null || ledger.renamed.has(key)) return;
  ledger.renamed.set(key, { renamedTo, credentials, since: situation.plan.today });
}
