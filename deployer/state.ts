import { z } from 'zod';
import { releaseArtifacts } from '../contract/artifacts/artifacts.ts';
import type { Infra } from '../contract/infra.ts';
import { type ClientKey, schemaVersion } from '../contract/vocabulary.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Where the credentials of an app client are published. Names and digests only: the value is nowhere but there. */
const credentials = z.strictObject({
  name: z.string(),
  version: z.string().nullable().describe('Version id that this deployer wrote; null: not known'),
  content: sha256.nullable().describe('Digest of what they say beside the secret; null: not known'),
});

const recordedClient = z.strictObject({
  id: z.string(),
  name: z.string(),
  settings: sha256.nullable().describe('Digest of the settings last sent; null: not known, to be sent again'),
  credentials: credentials.nullable().describe('null: it has no secret'),
});

const quarantinedClient = recordedClient.omit({ id: true }).extend({
  key: z.string().describe('Client key that it had'),
  since: z.iso.date(),
  deleting: z.boolean().describe('Its deletion began and is not known to have ended'),
  replaced: z.boolean().describe('Another client has had its key since: it cannot come back'),
});

const renamedKey = z.strictObject({
  renamedTo: z.string().describe('Client key under which its client goes on'),
  credentials: z.string().describe('Name of the credentials that are left behind'),
  since: z.iso.date(),
});

const applied = z.strictObject({
  release: sha256,
  artifacts: z
    .partialRecord(z.enum(releaseArtifacts), sha256)
    .describe('Of those that a release had when it was applied: later ones may have more'),
  linked: sha256,
  definition: sha256.describe('Digest of the task definition request'),
  taskDefinition: z.string().describe('ARN'),
  service: z.string().describe('Cluster and service that run it'),
  quarantineDays: z.int().nonnegative(),
});

/** What the deployer made, as of its last write: `environments/<env>/state.json`. */
export const stateSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  userPoolId: z.string().describe('Where all of these clients are'),
  applied: applied.nullable().describe('null: no deploy has succeeded yet'),
  rollingOut: z.boolean().describe('A roll-out began whose end is not known: the service may run something else'),
  clients: z.record(z.string(), recordedClient),
  quarantined: z.record(z.string(), quarantinedClient).describe('By app client id: a key may have had several'),
  renamed: z.record(z.string(), renamedKey).describe('Former client keys, for as long as their credentials are kept'),
  deleted: z
    .record(z.iso.date(), z.int().positive())
    .describe('How many clients are deleted already, by the day on which their quarantine began'),
  intents: z
    .record(z.string(), z.strictObject({ name: z.string(), credentials: z.string().nullable() }))
    .describe('Clients whose creation began and is not known to have ended'),
});

export type DeployState = z.infer<typeof stateSchema>;
export type Applied = z.infer<typeof applied>;
export type RecordedClient = z.infer<typeof recordedClient>;
export type QuarantinedClient = z.infer<typeof quarantinedClient>;

/** What runs: `environments/<env>/current.json`. */
export const pointerSchema = z.strictObject({
  schemaVersion: z.literal(schemaVersion),
  environment: z.string(),
  release: sha256,
  linked: sha256,
  taskDefinition: z.string(),
  at: z.iso.datetime(),
  deployment: z.string().describe('Journal entry of the deploy that moved it'),
});

export type Pointer = z.infer<typeof pointerSchema>;

export function emptyState({ environment, userPoolId }: Infra): DeployState {
  const records = { clients: {}, quarantined: {}, renamed: {}, deleted: {}, intents: {} };
  return { schemaVersion, environment, userPoolId, applied: null, rollingOut: false, ...records };
}

/** The one client in quarantine that comes back when its key is wanted again. */
export function keptClient(
  quarantined: Iterable<readonly [id: string, client: QuarantinedClient]>,
  key: ClientKey,
): RecordedClient | undefined {
  for (const [id, { key: had, name, settings, credentials, deleting, replaced }] of quarantined) {
    if (had === key && !deleting && !replaced) return { id, name, settings, credentials };
  }
  return undefined;
}
