import type { PutSecretValueCommandInput, PutSecretValueResponse } from '@aws-sdk/client-secrets-manager';
import type { AppClient } from '../../contract/artifacts/cognito-clients.ts';
import { canonicalText } from '../../contract/canonical.ts';
import type { AwsClients } from '../clients.ts';
import { contentDigest, credentialsContent, nextVersion } from '../credentials.ts';
import { Halt, isAwsError } from '../failure.ts';
import { sha256 } from '../sha256.ts';
import type { RecordedClient } from '../state.ts';
import type { Session } from './session.ts';

type Published = NonNullable<RecordedClient['credentials']>;

/**
 * Stores a client's credentials where its tenant reads them. The value passes through here and nowhere else: what AWS
 * says about a failed write is not passed on if it repeats it.
 */
export async function publishCredentials(
  session: Session,
  client: AppClient,
  record: RecordedClient,
  secret: string,
): Promise<Published> {
  const name = client.credentials;
  if (name === null) throw new Error(`${record.name} has no place for credentials`);
  const content = credentialsContent(record.id, session.situation.infra.tokenUrl, client);
  const value = canonicalText({ ...content, clientSecret: secret });
  const token = nextVersion(content, record.credentials?.version ?? null);
  try {
    const exists = record.credentials?.name === name && record.credentials.version !== null;
    const create = (): Promise<string> => createOrPut(session, name, value, token);
    const again = (error: unknown): Promise<string> => (isGone(error) ? create() : Promise.reject(error));
    const version = await (exists ? put(session, name, value, token).catch(again) : create());
    return { name, version, content: contentDigest(content) };
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes(secret)) throw error;
    throw new Halt(`Secrets Manager refused the credentials ${name}: ${error.name}`, 'run the deploy again');
  }
}

async function createOrPut(session: Session, name: string, value: string, token: string): Promise<string> {
  const { secrets } = session.request.aws;
  const { environment } = session.situation.release;
  try {
    const Description = `Credentials of an app client of environment ${environment}, published by gatewright`;
    // Of this deploy alone: what another one wrote may not be current any more, which a create does not say.
    const first = sha256(`${token} ${session.deployment}`);
    await secrets.createSecret({ Name: name, Description, SecretString: value, ClientRequestToken: first });
    return first;
  } catch (error) {
    if (!isAwsError(error, 'InvalidRequestException', 'ResourceExistsException')) throw error;
    return put(session, name, value, token);
  }
}

/** A version that is there already stays what it is, also when it is not the current one: then another is written. */
async function put(session: Session, name: string, value: string, token: string): Promise<string> {
  const request = { SecretId: name, SecretString: value, ClientRequestToken: token };
  try {
    const answer = await putValue(session.request.aws, request);
    if (answer.VersionStages?.includes('AWSCURRENT') === true) return token;
  } catch (error) {
    if (!isAwsError(error, 'ResourceExistsException')) throw error;
  }
  return put(session, name, value, sha256(token));
}

async function putValue({ secrets }: AwsClients, request: PutSecretValueCommandInput): Promise<PutSecretValueResponse> {
  try {
    return await secrets.putSecretValue(request);
  } catch (error) {
    if (!isAwsError(error, 'InvalidRequestException')) throw error;
    // Scheduled for deletion, by other hands than ours: the name is wanted again.
    await secrets.restoreSecret({ SecretId: request.SecretId });
    return secrets.putSecretValue(request);
  }
}

/** Deleted by other hands: the name is free. */
function isGone(error: unknown): boolean {
  return isAwsError(error, 'ResourceNotFoundException');
}
