import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { ECS } from '@aws-sdk/client-ecs';
import type { S3 } from '@aws-sdk/client-s3';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';

/** The SDK clients of one region. Everything else in the deployer imports only their types. */
export interface AwsClients {
  readonly s3: S3;
  readonly cognito: CognitoIdentityProvider;
  /** Never retries: for calls that must not happen twice, whose callers settle a lost answer themselves. */
  readonly cognitoOnce: CognitoIdentityProvider;
  readonly secrets: SecretsManager;
  readonly ecs: ECS;
  readonly ecsOnce: ECS;
  /** Ends idle connections, so that the process can end. */
  close(): void;
}

export interface AwsPlace {
  readonly region: string;
  /**
   * Of the embedded AWS; absent: the real one. Requests to an endpoint are signed with dummy credentials, so that the
   * SDK never looks for those of the machine.
   */
  readonly endpoint?: string;
}

/** Loads the SDK, which takes some hundred milliseconds: only commands that talk to AWS call this. */
export async function createClients({ region, endpoint }: AwsPlace): Promise<AwsClients> {
  // Which versions of Node are supported is this project's statement; people who run a command cannot act on the SDK's.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const [s3Module, cognitoModule, secretsModule, ecsModule] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-cognito-identity-provider'),
    import('@aws-sdk/client-secrets-manager'),
    import('@aws-sdk/client-ecs'),
  ]);
  const embedded = endpoint === undefined ? {} : { endpoint, credentials: dummyCredentials };
  const requestHandler = { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true };
  const place = { region, requestHandler, useFipsEndpoint: false, useDualstackEndpoint: false, ...embedded };
  const patient = { ...place, maxAttempts: 5, retryMode: 'standard' };
  const once = { ...place, maxAttempts: 1, retryMode: 'standard' };
  const clients = {
    s3: new s3Module.S3({ ...patient, forcePathStyle: endpoint !== undefined }),
    // Cognito takes five requests a second of one operation for one pool: adaptive retry learns to keep to that.
    cognito: new cognitoModule.CognitoIdentityProvider({ ...place, maxAttempts: 10, retryMode: 'adaptive' }),
    cognitoOnce: new cognitoModule.CognitoIdentityProvider(once),
    secrets: new secretsModule.SecretsManager(patient),
    ecs: new ecsModule.ECS(patient),
    ecsOnce: new ecsModule.ECS(once),
  };
  const close = (): void => {
    for (const client of Object.values(clients)) client.destroy();
  };
  return { ...clients, close };
}

const dummyCredentials = { accessKeyId: 'embedded', secretAccessKey: 'embedded' };
