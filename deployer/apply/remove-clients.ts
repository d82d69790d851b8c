import { credentialsName } from '../../contract/vocabulary.ts';
import { Halt, isAwsError } from '../failure.ts';
import { isOurs } from '../pool.ts';
import type { QuarantinedClient } from '../state.ts';
import type { Session } from './session.ts';

/** The gateway does not know them any more; the client and its credentials stay as they are. */
export async function quarantineClients(session: Session): Promise<void> {
  const { ledger } = session;
  for (const action of session.actions('quarantine-client')) {
    await session.perform(action, () => {
      const { key, since } = action;
      const client = ledger.clients.get(key);
      ledger.clients.delete(key);
      // What a rename left behind is there already.
      if (client !== undefined) ledger.quarantined.set(key, { ...client, since, deleting: false });
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
  for (const { key } of deletions) {
    const client = ledger.quarantined.get(key);
    if (client !== undefined) ledger.quarantined.set(key, { ...client, deleting: true });
  }
  await ledger.save();
  for (const action of deletions) {
    await session.perform(action, async () => {
      const client = ledger.quarantined.get(action.key);
      if (client === undefined) return;
      await deleteAppClient(session, client);
      await deleteCredentials(session, client);
      ledger.quarantined.delete(action.key);
    });
  }
}

async function deleteAppClient({ request, situation }: Session, { id }: QuarantinedClient): Promise<void> {
  if (id === null) return;
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

/** The quarantine was the time to come back: the name is free at once. */
async function deleteCredentials({ request, situation, ledger }: Session, client: QuarantinedClient): Promise<void> {
  const name = client.credentials?.name;
  if (name === undefined || !name.startsWith(credentialsName(situation.release.environment, ''))) return;
  // Another client may write to that name by now.
  if ([...ledger.clients.values()].some(({ credentials }) => credentials?.name === name)) return;
  await request.aws.secrets.deleteSecret({ SecretId: name, ForceDeleteWithoutRecovery: true });
}
