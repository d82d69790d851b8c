import type { AppClient } from '../../contract/artifacts/cognito-clients.ts';
import { canonicalText } from '../../contract/canonical.ts';
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
    const version = exists ? await put(session, name, value, token) : await create(session, name, value, token);
    return { name, version, content: contentDigest(content) };
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes(secret)) throw error;
    throw new Halt(`Secrets Manager refused the credentials ${name}: ${error.name}`, 'run the deploy again');
  }
}

async function create(session: Session, name: string, value: string, token: string): Promise<string> {
  const { secrets } = session.request.aws;
  const { environment } = session.situation.release;
  try {
    const Description = `Credentials of an app client of environment ${environment}, published by gatewright`;
    await secrets.createSecret({ Name: name, Description, SecretString: value, ClientRequestToken: token });
    return token;
  } catch (error) {
    if (isAwsError(error, 'InvalidRequestException')) {
      // Scheduled for deletion, by other hands than ours: the name is wanted again.
      await secrets.restoreSecret({ SecretId: name });
    } else if (!isAwsError(error, 'ResourceExistsException')) throw error;
    return put(session, name, value, token);
  }
}

/** A version that is there already stays what it is, also when it is not the current one: then another is written. */
async function put(session: Session, name: string, value: string, token: string): Promise<string> {
  const { secrets } = session.request.aws;
  const request = { SecretId: name, SecretString: value, ClientRequestToken: token };
  try {
    const answer = await secrets.putSecretValue(request);
    if (answer.VersionStages?.includes('AWSCURRENT') === true) return token;
  } catch (error) {
    if (isAwsError(error, 'ResourceNotFoundException')) return create(session, name, value, token);
    if (!isAwsError(error, 'ResourceExistsException')) throw error;
  }
  return put(session, name, value, sha256(token));
}
