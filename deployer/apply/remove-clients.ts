import { credentialsName } from '../../contract/vocabulary.ts';
import { Halt, isAwsError } from '../failure.ts';
import { windowStart } from '../plan/deletion-limit.ts';
import { isOurs } from '../pool.ts';
import type { Ledger } from './ledger.ts';
import type { Session } from './session.ts';

/** The gateway does not know them any more; the client and its credentials stay as they are. */
export async function quarantineClients(session: Session): Promise<void> {
  const { ledger } = session;
  for (const action of session.actions('quarantine-client')) {
    await session.perform(action, () => {
      const { key, id, since } = action;
      const client = ledger.clients.get(key);
      // What a rename left behind is recorded with the rename.
      if (client === undefined || client.id !== id) return Promise.resolve();
      const { id: _, ...kept } = client;
      ledger.clients.delete(key);
      ledger.quarantined.set(id, { ...kept, key, since, deleting: false, replaced: false });
      return Promise.resolve();
    });
  }
}

/**
 * Destroys last, and says so first: the state names every deletion that began, so that a client whose deletion was
 * interrupted is never restored.
 */
export async function deleteClients(session: Session): Promise<void> {
  const { ledger } = session;
  const deletions = session.actions('delete-client');
  if (deletions.length === 0) return;
  for (const { id } of deletions) {
    const client = id === null ? undefined : ledger.quarantined.get(id);
    if (id !== null && client !== undefined) ledger.quarantined.set(id, { ...client, deleting: true });
  }
  await ledger.save();
  for (const action of deletions) {
    const { key, id } = action;
    await session.perform(action, () => (id === null ? deleteFormer(session, key) : deleteClient(session, id)));
  }
}

async function deleteFormer(session: Session, key: string): Promise<void> {
  const { ledger } = session;
  const former = ledger.renamed.get(key);
  ledger.renamed.delete(key);
  if (former !== undefined) await deleteCredentials(session, former.credentials);
}

async function deleteClient(session: Session, id: string): Promise<void> {
  const { ledger } = session;
  const client = ledger.quarantined.get(id);
  if (client === undefined) return;
  await deleteAppClient(session, id);
  ledger.quarantined.delete(id);
  if (client.credentials !== null) await deleteCredentials(session, client.credentials.name);
  countDeletion(session, client.since);
}

async function deleteAppClient({ request, situation }: Session, id: string): Promise<void> {
  const { cognito } = request.aws;
  const which = { UserPoolId: situation.infra.userPoolId, ClientId: id };
  try {
    const name = (await cognito.describeUserPoolClient(which)).UserPoolClient?.ClientName ?? '';
    if (!isOurs(situation.release.environment, name)) {
      throw new Halt(`app client ${id} is named ${name}: it is not ours to delete`, 'correct the recorded state');
    }
    await cognito.deleteUserPoolClient(which);
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException')) throw error;
  }
}

/** The quarantine was the time to come back: the name is free at once, unless another client publishes there. */
async function deleteCredentials({ request, situation, ledger }: Session, name: string): Promise<void> {
  if (!name.startsWith(credentialsName(situation.release.environment, ''))) return;
  const clients = [...ledger.clients.values(), ...ledger.quarantined.values()];
  const names = [...clients.map(({ credentials }) => credentials?.name), ...formerNames(ledger)];
  if (names.includes(name)) return;
  await request.aws.secrets.deleteSecret({ SecretId: name, ForceDeleteWithoutRecovery: true });
}

function formerNames({ renamed }: Ledger): string[] {
  return [...renamed.values()].map(({ credentials }) => credentials);
}

/** Remembered for as long as the limit of deletions looks back. */
function countDeletion({ ledger, situation }: Session, since: string): void {
  const { quarantineDays } = situation.release.clients.deletion;
  const start = windowStart(situation.plan.today, quarantineDays);
  for (const day of ledger.deleted.keys()) if (day <= start) ledger.deleted.delete(day);
  if (since > start) ledger.deleted.set(since, (ledger.deleted.get(since) ?? 0) + 1);
}
