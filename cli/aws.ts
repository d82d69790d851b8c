import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnalysedEnvironment } from '../compiler/analysis.ts';
import type { Resource } from '../compiler/resolve/resources.ts';
import type { Artifacts } from '../contract/artifacts/artifacts.ts';
import type { GuardrailDefinitions } from '../contract/artifacts/guardrails.ts';
import { releaseBucketName, scopes } from '../contract/vocabulary.ts';
import { type AwsClients, createClients } from '../deployer/clients.ts';
import { seedEmbeddedAws } from '../deployer/embedded/client.ts';
import { launchEmbeddedAws } from '../deployer/embedded/launch.ts';
import { Halt } from '../deployer/failure.ts';
import { UnavailableError } from './usage-error.ts';

/** Where an environment lives, ready to be talked to. */
export interface Connection {
  readonly aws: AwsClients;
  readonly releaseBucket: string;
  /** Where the state of the embedded AWS lies; undefined: this is the real one. */
  readonly stateDirectory: string | undefined;
  close(): Promise<void>;
}

/** Prepares what Terraform would have prepared; only the embedded AWS needs it. */
type Prepare = (endpoint: string) => Promise<void>;

/** Environments of class local live in an AWS of our own on this machine, all others in the account that they name. */
export async function connect(
  root: string,
  environment: Resource<'Environment'>,
  prepare: Prepare = async () => {},
): Promise<Connection> {
  const { class: environmentClass, aws: place } = environment.spec;
  const releaseBucket = releaseBucketName(environment.name, place.account);
  if (environmentClass !== 'local') {
    const aws = await createClients({ region: place.region });
    return { aws, releaseBucket, stateDirectory: undefined, close: async () => aws.close() };
  }
  const stateDirectory = stateDirectoryOf(root, environment);
  ignoreByGit(root);
  const embedded = await available(stateDirectory, launchEmbeddedAws(stateDirectory));
  await available(stateDirectory, prepare(embedded.endpoint), embedded);
  const aws = await createClients({ region: place.region, endpoint: embedded.endpoint });
  const close = async (): Promise<void> => {
    aws.close();
    await embedded.stop();
  };
  return { aws, releaseBucket, stateDirectory, close };
}

/** Another deploy that holds the state, or a state that somebody edited, is no defect: it is said with the way out. */
async function available<T>(
  stateDirectory: string,
  started: Promise<T>,
  embedded?: { stop(): Promise<void> },
): Promise<T> {
  try {
    return await started;
  } catch (error) {
    await embedded?.stop();
    if (!(error instanceof Halt)) throw error;
    throw new UnavailableError(`${error.message}\n  fix ${error.fix}; to start afresh, delete ${stateDirectory}`);
  }
}

/** The state holds credentials of a pretended AWS; they look like real ones and belong in no commit. */
function ignoreByGit(root: string): void {
  const file = join(root, '.gatewright', '.gitignore');
  mkdirSync(join(root, '.gatewright'), { recursive: true, mode: 0o700 });
  if (!existsSync(file)) writeFileSync(file, '*\n');
}

export function hasLocalState(root: string, environment: Resource<'Environment'>): boolean {
  return existsSync(stateDirectoryOf(root, environment));
}

function stateDirectoryOf(root: string, environment: Resource<'Environment'>): string {
  return join(root, '.gatewright', environment.name);
}

/** Stands in for "Terraform first": pool, bucket, service, provider secrets and published guardrails of a release. */
export function seedFor({ model }: AnalysedEnvironment, artifacts: Artifacts): Prepare {
  const { environment, resources } = model;
  return async (endpoint) => {
    await seedEmbeddedAws(endpoint, {
      environment: environment.name,
      region: environment.spec.aws.region,
      account: environment.spec.aws.account,
      resourceServer: { identifier: environment.spec.access.resourceServer, scopes: [...scopes] },
      secrets: secretsOf(artifacts['task.json']),
      identityProviders: (resources.federation?.spec.identityProviders ?? []).map((provider) => provider.name),
      guardrails: guardrailsOf(artifacts['guardrails.json']),
    });
  };
}

function secretsOf(task: string): string[] {
  return [...new Set([...task.matchAll(/@\{secret:([a-z0-9-]+)\}/g)].flatMap(([, name]) => name ?? []))];
}

function guardrailsOf(text: string): Record<string, string> {
  const { guardrails } = JSON.parse(text) as GuardrailDefinitions;
  return Object.fromEntries(
    Object.entries(guardrails).flatMap(([name, { digest }]) => (digest === null ? [] : [[name, digest]])),
  );
}
