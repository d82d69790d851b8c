import type {
  CreateUserPoolClientCommandInput,
  ExplicitAuthFlowsType,
  UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AppClient } from '../../contract/artifacts/cognito-clients.ts';
import { Halt, isAwsError, mayHaveHappened } from '../failure.ts';
import { findByName } from '../pool.ts';
import type { Session } from './session.ts';

export interface LiveClient {
  readonly id: string;
  /** Null: it has none. */
  readonly secret: string | null;
}

const attempts = 20;

/**
 * The SDK must not repeat this call: a create whose answer was lost would be done twice. A lost answer is settled by
 * name, a refused one (Cognito takes five a second) is asked again.
 */
export async function createClient(session: Session, client: AppClient): Promise<LiveClient> {
  const { request, situation } = session;
  const UserPoolId = situation.infra.userPoolId;
  const input = { ...requestSettings(client), UserPoolId, GenerateSecret: client.kind === 'machine' };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await request.aws.cognitoOnce.createUserPoolClient(input);
      return liveClient(answer.UserPoolClient);
    } catch (error) {
      const throttled = isAwsError(error, 'TooManyRequestsException');
      if (attempt === attempts || !(throttled || mayHaveHappened(error))) throw error;
      await request.sleep(250);
      const created = throttled ? null : await findCreated(session, client);
      if (created !== null) return created;
    }
  }
}

/** Describing a client reads its secret: only done where an answer with it was lost. */
export async function describeClient(session: Session, id: string): Promise<LiveClient> {
  const { request, situation } = session;
  const UserPoolId = situation.infra.userPoolId;
  const answer = await request.aws.cognito.describeUserPoolClient({ UserPoolId, ClientId: id });
  return liveClient(answer.UserPoolClient);
}

async function findCreated(session: Session, client: AppClient): Promise<LiveClient | null> {
  const name = client.settings.ClientName;
  const { cognito } = session.request.aws;
  const { clients, quarantined } = session.ledger;
  const known = new Set([...[...clients.values()].map(({ id }) => id), ...quarantined.keys()]);
  const found = await findByName(cognito, session.situation.infra.userPoolId, new Set([name]));
  const id = (found.get(name) ?? []).find((each) => !known.has(each));
  return id === undefined ? null : describeClient(session, id);
}

export function liveClient(client: UserPoolClientType | undefined): LiveClient {
  if (client?.ClientId === undefined) throw new Halt('Cognito answered without an app client', 'run the deploy again');
  return { id: client.ClientId, secret: client.ClientSecret ?? null };
}

/** The SDK's list of auth flows lags behind the service; it sends whatever it is given. */
export function requestSettings({ settings }: AppClient): Omit<CreateUserPoolClientCommandInput, 'UserPoolId'> & Named {
  return { ...settings, ExplicitAuthFlows: settings.ExplicitAuthFlows as ExplicitAuthFlowsType[] };
}

interface Named {
  ClientName: string;
}
