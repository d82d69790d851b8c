import type { AppClient } from '../../contract/artifacts/cognito-clients.ts';
import { settingsDigest } from '../credentials.ts';
import { Halt, isAwsError } from '../failure.ts';
import type { ClientAction, RestoreClient, UpdateClient } from '../plan/action.ts';
import { keptClient, type RecordedClient } from '../state.ts';
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
  const before = ledger.clients.get(from) ?? keptClient(ledger.quarantined, from) ?? null;
  let record = before;
  for (const action of actions) {
    record = await session.perform(action, () => perform(session, action, client, record));
  }
  session.secrets.delete(key);
  if (record === null) throw new Error(`nothing was done for the client ${key}`);
  settle(session, key, record);
  if (from !== key) leaveBehind(session, from, key, before?.credentials?.name);
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
  const request = { ...requestSettings(client), UserPoolId, ClientId: record.id };
  const answer = await session.request.aws.cognito
    .updateUserPoolClient(request)
    .catch((error) => forgetIfGone(session, key, record.id, error));
  const { secret } = liveClient(answer.UserPoolClient);
  if (secret !== null) session.secrets.set(key, secret);
  return { ...record, name: client.settings.ClientName, settings: settingsDigest(client) };
}

async function publish(
  session: Session,
  key: string,
  client: AppClient,
  record: RecordedClient,
): Promise<RecordedClient> {
  const secret = session.secrets.get(key) ?? (await liveSecret(session, key, record.id));
  if (secret === null) throw new Halt(`app client ${record.id} of ${key} has no secret`, 'give it another name');
  return { ...record, credentials: await publishCredentials(session, client, record, secret) };
}

async function liveSecret(session: Session, key: string, id: string): Promise<string | null> {
  const described = await describeClient(session, id).catch((error) => forgetIfGone(session, key, id, error));
  return described.secret;
}

/** Deleted by other hands: nothing brings its id and secret back. What was published of it goes in time. */
async function forgetIfGone(session: Session, key: string, id: string, error: unknown): Promise<never> {
  if (!isAwsError(error, 'ResourceNotFoundException')) throw error;
  const { ledger } = session;
  for (const [from, record] of ledger.clients) {
    if (record.id === id) leaveBehind(session, from, key, record.credentials?.name);
  }
  const kept = ledger.quarantined.get(id);
  ledger.quarantined.delete(id);
  if (kept !== undefined) leaveBehind(session, kept.key, key, kept.credentials?.name);
  await ledger.save();
  const fix = 'run the deploy again: it is created anew, with another id and secret';
  throw new Halt(`app client ${id} of ${key} is gone from the user pool`, fix);
}

/** It has the key from now on; who had it before, and is still in quarantine, does not come back. */
function settle({ ledger }: Session, key: string, record: RecordedClient): void {
  ledger.intents.delete(key);
  ledger.renamed.delete(key);
  ledger.quarantined.delete(record.id);
  for (const [id, other] of ledger.quarantined) {
    if (other.key === key) ledger.quarantined.set(id, { ...other, replaced: true });
  }
  ledger.clients.set(key, record);
}

function leaveBehind({ ledger, situation }: Session, from: string, to: string, credentials: string | undefined): void {
  ledger.clients.delete(from);
  if (credentials === undefined) return;
  ledger.renamed.set(from, { renamedTo: to, credentials, since: situation.plan.today });
}
