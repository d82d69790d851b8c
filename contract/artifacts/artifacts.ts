import type { z } from 'zod';
import { cognitoClientsSchema } from './cognito-clients.ts';
import { costTableSchema } from './cost-table.ts';
import { decisionTableSchema } from './decision-table.ts';
import { enforcementSchema } from './enforcement.ts';
import { guardrailsSchema } from './guardrails.ts';
import { manifestSchema, provenanceSchema, sourcemapSchema } from './manifest.ts';
import { rateLimitSchema } from './rate-limit.ts';
import { taskSchema } from './task.ts';
import { tenantsSchema } from './tenants.ts';

/** The artifacts that make up a release: the manifest holds a digest of each. */
export const releaseArtifacts = [
  'agentgateway.json',
  'cognito-clients.json',
  'cost-table.json',
  'decision-table.json',
  'guardrails.json',
  'task.json',
  'tenants.json',
] as const;
export type ReleaseArtifact = (typeof releaseArtifacts)[number];

/**
 * What the resources are compiled to. Beside the release stand how it is enforced, for people to read, and what the rate
 * limit service is installed with: it is the same for every release of an environment.
 */
export const emittedArtifacts = [...releaseArtifacts, 'enforcement.json', 'ratelimit.json'] as const;
export type EmittedArtifact = (typeof emittedArtifacts)[number];

/** Everything that a compile writes into `<out>/<env>/`. */
export const artifactNames = [...emittedArtifacts, 'manifest.json', 'provenance.json', 'sourcemap.json'] as const;
export type ArtifactName = (typeof artifactNames)[number];

/** Text of each artifact of one environment, exactly as it is written. */
export type Artifacts = Readonly<Record<ArtifactName, string>>;

/** Our own artifacts' schemas. The gateway config has agentgateway's own, which the project does not contain. */
export const artifactSchemas: Readonly<Record<Exclude<ArtifactName, 'agentgateway.json'>, z.ZodType>> = {
  'cognito-clients.json': cognitoClientsSchema,
  'cost-table.json': costTableSchema,
  'decision-table.json': decisionTableSchema,
  'enforcement.json': enforcementSchema,
  'guardrails.json': guardrailsSchema,
  'manifest.json': manifestSchema,
  'provenance.json': provenanceSchema,
  'ratelimit.json': rateLimitSchema,
  'sourcemap.json': sourcemapSchema,
  'task.json': taskSchema,
  'tenants.json': tenantsSchema,
};
