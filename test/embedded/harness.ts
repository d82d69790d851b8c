import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { ECSClient } from '@aws-sdk/client-ecs';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect } from 'vitest';
import type { SeedInput } from '../../deployer/embedded/seed.ts';
import { type EmbeddedAws, type EmbeddedOptions, startEmbeddedAws } from '../../deployer/embedded/server.ts';
import { cleanUp, temporaryDirectory } from '../temporary.ts';

export const seedInput: SeedInput = {
  environment: 'local',
  region: 'us-east-1',
  account: '000000000000',
  resourceServer: { identifier: 'https://gateway.example.com', scopes: ['invoke', 'admin'] },
};
export const bucket = 'gatewright-local-000000000000';
export const invokeScope = 'https://gateway.example.com/invoke';

export function clientsOf(endpoint: string) {
  const settings = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  const clients = {
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    cognito: new CognitoIdentityProviderClient(settings),
    secrets: new SecretsManagerClient(settings),
    ecs: new ECSClient(settings),
  };
  cleanUp(() => {
    for (const client of Object.values(clients)) client.destroy();
  });
  return clients;
}

/** A seeded server without throttling, and real SDK clients for it. */
export async function start(options: Partial<EmbeddedOptions> = {}) {
  const stateDir = options.stateDir ?? temporaryDirectory();
  const aws: EmbeddedAws = await startEmbeddedAws({ throttle: false, ...options, stateDir });
  cleanUp(() => aws.close());
  const infra = aws.seed(seedInput);
  return { aws, infra, stateDir, ...clientsOf(aws.endpoint) };
}

export async function expectError(promise: Promise<unknown>, name: string, status?: number): Promise<void> {
  const error = await promise.then(
    () => null,
    (reason: Error & { $metadata?: { httpStatusCode?: number } }) => reason,
  );
  expect(error?.name).toBe(name);
  if (status !== undefined) expect(error?.$metadata?.httpStatusCode).toBe(status);
}
