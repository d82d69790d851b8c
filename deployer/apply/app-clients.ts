import type { AppClient } from '../../contract/artifacts/cognito-clients.ts';
import { settingsDigest } from '../credentials.ts';
import { Halt, isAwsError } from '../failure.ts';
import type { ClientAction, RestoreClient, UpdateClient } from '../plan/action.ts';
import type { RecordedClient } from '../state.ts';
import { createClient, describeClient, liveClient, requestSettings } from './create-client.ts';
import { publishCredentials } from './publish-credentials.ts';
import type { Session } from './session.ts';

/** So many clients are done between two saves of the state, which bounds what an interruption makes again. */
const savedEvery = 100;

/**
 * Creates, updates and publishes, client by client. A client is recorded under its key once all of it is done: a
 * renamed one keeps its former key until then.
 */
export async function applyClients(session: Session): Promise<void> {
  const actions = session.actions('create-client', 'restore-client', 'update-client', 'publish-credentials');
  const byKey = new Map<string, ClientAction[]>();
  for (const action of actions) byKey.set(action.key, [...(byKey.get(action.key) ?? []), action]);
  let sinceSave = 0;
  for (const [key, ofClient] of byKey) {
    const client = session.situation.release.clients.clients[key];
    if (client === undefined) throw new Error(`the plan names the client ${key}, the release does not`);
    await applyClient(session, key, client, ofClient);
    sinceSave += 1;
    if (sinceSave % savedEvery === 0) await session.ledger.save();
  }
}

async function applyClient(
  session: Session,
  key: string,
  client: AppClient,
  actions: readonly ClientAction[],
): Promise<void> {
  const { ledger } = session;
  const from = actions.flatMap((action) => ('from' in action ? action.from : []))[0] ?? key;
  let record = ledger.clients.get(from) ?? restorable(session, from);
  for (const action of actions) {
    record = await session.perform(action, () => perform(session, action, client, record));
  }
  session.secrets.delete(key);
  if (record === null) throw new Error(`nothing was done for the client ${key}`);
  settle(session, key, from, record);
}

function perform(
  session: Session,
  action: ClientAction,
  client: AppClient,
  record: RecordedClient | null,
): Promise<RecordedClient> {
  if (action.kind === 'create-client') return create(session, action.key, client);
  if (record === null) throw new Error(`no client is recorded for ${action.key}`);
  switch (action.kind) {
    case 'update-client':
    case 'restore-client':
      return update(session, action, client, record);
    case 'publish-credentials':
      return publish(session, action.key, client, record);
  }
}

async function create(session: Session, key: string, client: AppClient): Promise<RecordedClient> {
  const { id, secret } = await createClient(session, client);
  if (secret !== null) session.secrets.set(key, secret);
  return { id, name: client.settings.ClientName, settings: settingsDigest(client), credentials: null };
}

/** Every field is sent: Cognito resets what an update leaves out. */
async function update(
  session: Session,
  { key }: UpdateClient | RestoreClient,
  client: AppClient,
  record: RecordedClient,
): Promise<RecordedClient> {
  const UserPoolId = session.situation.infra.userPoolId;
  try {
    const request = { ...requestSettings(client), UserPoolId, ClientId: record.id };
    const answer = await session.request.aws.cognito.updateUserPoolClient(request);
    const { secret } = liveClient(answer.UserPoolClient);
    if (secret !== null) session.secrets.set(key, secret);
  } catch (error) {
    if (!isAwsError(error, 'ResourceNotFoundException')) throw error;
    throw new Halt(`app client ${record.id} of ${key} is gone from the user pool`, 'remove the client, deploy, add it');
  }
  return { ...record, name: client.settings.ClientName, settings: settingsDigest(client) };
}

async function publish(
  session: Session,
  key: string,
  client: AppClient,
  record: RecordedClient,
): Promise<RecordedClient> {
  const secret = session.secrets.get(key) ?? (await describeClient(session, record.id)).secret;
  if (secret === null) throw new Halt(`app client ${record.id} of ${key} has no secret`, 'give it another name');
  return { ...record, credentials: await publishCredentials(session, client, record, secret) };
}

function restorable({ ledger }: Session, key: string): RecordedClient | null {
  const kept = ledger.quarantined.get(key);
  if (kept === undefined || kept.id === null || kept.deleting) return null;
  return { id: kept.id, name: kept.name, settings: kept.settings, credentials: kept.credentials };
}

function settle({ ledger, situation }: Session, key: string, from: string, record: RecordedClient): void {
  const former = ledger.clients.get(from) ?? ledger.quarantined.get(from);
  ledger.intents.delete(key);
  ledger.clients.delete(from);
  if (ledger.quarantined.get(key)?.deleting !== true) ledger.quarantined.delete(key);
  ledger.clients.set(key, record);
  if (from === key) return;
  ledger.quarantined.delete(from);
  if (former === undefined || former.credentials === null) return;
  const { retired } = situation.release.clients;
  const since = retired[from] ?? situation.plan.date;
  ledger.quarantined.set(from, { ...former, id: null, settings: null, since, deleting: false });
}
