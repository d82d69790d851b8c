import { z } from 'zod';
import { canonicalText, digest } from '../../contract/canonical.ts';
import { type Infra, infraSchema } from '../../contract/infra.ts';
import { releaseBucketName, schemaVersion } from '../../contract/vocabulary.ts';
import { parseStored } from '../stored.ts';
import type { PoolRecord, ResourceServer } from './app-client.ts';
import type { Cognito } from './cognito.ts';
import { accountId, arn, type Context } from './context.ts';
import type { Ecs } from './ecs.ts';
import type { Objects } from './objects.ts';
import type { SecretsManager } from './secrets-manager.ts';
import { type ServiceRecord, step } from './service-deployment.ts';

/** What Terraform would be told. */
export const seedSchema = z.strictObject({
  environment: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  region: z.string(),
  account: z.string().regex(/^\d{12}$/),
  resourceServer: z.strictObject({ identifier: z.string(), scopes: z.array(z.string()) }),
  secrets: z.array(z.string()).default([]).describe('Names of provider secrets; the values are placeholders'),
  identityProviders: z.array(z.string()).default([]),
  guardrails: z.record(z.string(), z.string()).default({}).describe('Name → digest of the definition to publish'),
});
export type SeedInput = z.input<typeof seedSchema>;
type Seed = z.infer<typeof seedSchema>;

export interface Services {
  readonly objects: Objects;
  readonly cognito: Cognito;
  readonly secrets: SecretsManager;
  readonly ecs: Ecs;
}

/**
 * Stands in for "Terraform first": makes what is missing, never removes, and writes nothing when nothing is missing.
 * Returns what `environments/<env>/infra.json` then says.
 */
export function seed(context: Context, services: Services, input: unknown): Infra {
  const wanted = seedSchema.parse(input);
  seedAccount(context, wanted);
  const poolId = seedPool(services, wanted);
  const bucket = releaseBucketName(wanted.environment, wanted.account);
  if (!services.objects.hasBucket(bucket)) services.objects.createBucket(bucket);
  seedService(context, services, wanted.environment);
  return publish(context, services, wanted, poolId);
}

function seedAccount(context: Context, { region, account }: Seed): void {
  const current = context.account.get(accountId);
  if (current === undefined) context.account.put({ region, account });
  else if (current.region !== region || current.account !== account) {
    throw new Error(
      `its state belongs to account ${current.account} in ${current.region}, not to ${account} in ${region}: use another directory`,
    );
  }
}

function seedPool({ cognito }: Services, { environment, region, resourceServer, identityProviders }: Seed): string {
  const id = `${region}_${digest(environment).slice(0, 9)}`;
  const pool = cognito.pools.get(id) ?? { id, resourceServers: [], identityProviders: [] };
  const { identifier } = resourceServer;
  const current = pool.resourceServers.find((server) => server.Identifier === identifier)?.Scopes ?? [];
  const missing = resourceServer.scopes.filter((name) => !current.some((scope) => scope.ScopeName === name));
  const server: ResourceServer = {
    UserPoolId: id,
    Identifier: identifier,
    Name: 'gateway',
    Scopes: [...current, ...missing.map((name) => ({ ScopeName: name, ScopeDescription: `${name} the gateway` }))],
  };
  const others = pool.resourceServers.filter((each) => each.Identifier !== identifier);
  const after: PoolRecord = {
    id,
    resourceServers: [...others, server],
    identityProviders: [...new Set([...pool.identityProviders, ...identityProviders])],
  };
  const extended = missing.length > 0 || after.identityProviders.length > pool.identityProviders.length;
  if (extended || cognito.pools.get(id) === undefined) cognito.pools.put(after);
  return id;
}

const placeholderImage = `gatewright.invalid/placeholder@sha256:${digest('placeholder')}`;

function seedService(context: Context, { ecs }: Services, environment: string): void {
  const name = 'gateway';
  const cluster = `gatewright-${environment}`;
  if (ecs.clusters.get(cluster) === undefined) ecs.clusters.put({ name: cluster });
  if (ecs.services.get(`${cluster}/${name}`) !== undefined) return;
  const container = {
    name,
    image: placeholderImage,
    essential: true,
    cpu: 0,
    environment: [],
    portMappings: [],
    mountPoints: [],
    volumesFrom: [],
  };
  const definition = ecs.register({ family: cluster, containerDefinitions: [container], volumes: [] }, 0);
  const service: ServiceRecord = {
    arn: arn(context, 'ecs', `service/${cluster}/${name}`),
    name,
    cluster,
    clusterArn: arn(context, 'ecs', `cluster/${cluster}`),
    createdAt: context.now().toISOString(),
    desiredCount: 2,
    taskDefinition: definition.arn,
    revisions: [],
    deployments: [],
  };
  const started = ecs.deploy(service, definition.arn, { outcome: 'SUCCESSFUL' });
  const now = context.now().toISOString();
  ecs.services.put(step(step(started, now), now));
}

function publish(context: Context, services: Services, wanted: Seed, poolId: string): Infra {
  const { objects } = services;
  const bucket = releaseBucketName(wanted.environment, wanted.account);
  const key = `environments/${wanted.environment}/infra.json`;
  const published = objects.get(bucket, key);
  const before = published === undefined ? null : readInfra(objects.read(published).toString());
  const infra = infraSchema.parse({
    ...namesOf(wanted, poolId),
    secrets: { ...before?.secrets, ...seedSecrets(services, wanted) },
    guardrails: { ...before?.guardrails, ...publishGuardrails(before, wanted.guardrails) },
  });
  const text = canonicalText(infra);
  if (before === null || canonicalText(before) !== text) {
    const lastModified = context.now().toISOString();
    const description = { bucket, key, lastModified, contentType: 'application/json', metadata: {}, checksums: {} };
    objects.put(description, Buffer.from(text));
  }
  return infra;
}

/** What was edited by hand is published anew. */
function readInfra(text: string): Infra | null {
  const parsed = parseStored(infraSchema, text);
  return 'value' in parsed ? parsed.value : null;
}

function namesOf({ environment, account, region }: Seed, poolId: string): Omit<Infra, 'secrets' | 'guardrails'> {
  const name = `gatewright-${environment}`;
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
  return {
    schemaVersion,
    environment,
    account,
    region,
    releaseBucket: releaseBucketName(environment, account),
    cluster: name,
    service: 'gateway',
    taskFamily: name,
    executionRoleArn: `arn:aws:iam::${account}:role/${name}-execution`,
    taskRoleArn: `arn:aws:iam::${account}:role/${name}-task`,
    cpu: '1024',
    memory: '2048',
    logGroup: `/gatewright/${environment}/gateway`,
    configInitImage: `gatewright.invalid/config-init@sha256:${digest('config-init')}`,
    budgetHost: 'budget.gatewright.invalid:443',
    rateLimitHost: 'ratelimit.gatewright.invalid:8081',
    userPoolId: poolId,
    issuer,
    jwksUrl: `${issuer}/.well-known/jwks.json`,
    tokenUrl: `https://${name}.auth.${region}.amazoncognito.com/oauth2/token`,
  };
}

/** Outside the names of the tenants' credentials, which are the deployer's. */
function seedSecrets({ secrets }: Services, { environment, secrets: names }: Seed): Record<string, string> {
  const entries = names.map((name): [string, string] => {
    const id = `gatewright-providers/${environment}/${name}`;
    return [name, secrets.arnOf(id) ?? secrets.create({ Name: id, SecretString: 'placeholder' }).ARN];
  });
  return Object.fromEntries(entries);
}

function publishGuardrails(before: Infra | null, digests: Readonly<Record<string, string>>): Infra['guardrails'] {
  const entries = Object.entries(digests).map(([name, wanted]): [string, Infra['guardrails'][string]] => {
    const current = before?.guardrails[name];
    if (current?.digest === wanted) return [name, current];
    const version = String(Number(current?.version ?? 0) + 1);
    return [name, { id: `gr-${name}`, version, digest: wanted }];
  });
  return Object.fromEntries(entries);
}
