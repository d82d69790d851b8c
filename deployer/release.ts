import type { z } from 'zod';
import {
  type ArtifactName,
  type Artifacts,
  type ReleaseArtifact,
  releaseArtifacts,
} from '../contract/artifacts/artifacts.ts';
import { type CognitoClients, cognitoClientsSchema } from '../contract/artifacts/cognito-clients.ts';
import { type Enforcement, enforcementSchema } from '../contract/artifacts/enforcement.ts';
import { type GuardrailDefinitions, guardrailsSchema } from '../contract/artifacts/guardrails.ts';
import { manifestSchema, type Provenance, provenanceSchema } from '../contract/artifacts/manifest.ts';
import { type Task, taskSchema } from '../contract/artifacts/task.ts';
import { sha256 } from './sha256.ts';
import { parseStored } from './stored.ts';
import type { Violation } from './violation.ts';

/** A compiled environment, checked against its own manifest, with the parts that the deployer acts on. */
export interface Release {
  readonly environment: string;
  /** SHA-256 of manifest.json. */
  readonly id: string;
  readonly artifacts: Artifacts;
  /** SHA-256 of each artifact. */
  readonly digests: Readonly<Record<ReleaseArtifact, string>>;
  readonly clients: CognitoClients;
  readonly task: Task;
  readonly guardrails: GuardrailDefinitions;
  readonly enforcement: Enforcement;
  readonly provenance: Provenance;
}

export type OpenedRelease = { readonly release: Release } | { readonly violations: readonly Violation[] };

/** What lies in `dist/` may have been edited since it was compiled: only what matches its manifest is deployed. */
export function openRelease(artifacts: Artifacts): OpenedRelease {
  const damage: string[] = [];
  const read = <T>(name: ArtifactName, schema: z.ZodType<T>): T | null => {
    const parsed = parseStored(schema, artifacts[name]);
    if ('value' in parsed) return parsed.value;
    damage.push(`${name}: ${parsed.problem}`);
    return null;
  };
  const manifest = read('manifest.json', manifestSchema);
  const provenance = read('provenance.json', provenanceSchema);
  const clients = read('cognito-clients.json', cognitoClientsSchema);
  const task = read('task.json', taskSchema);
  const guardrails = read('guardrails.json', guardrailsSchema);
  const enforcement = read('enforcement.json', enforcementSchema);
  if (manifest === null || provenance === null) return { violations: damage.map(damaged) };
  if (clients === null || task === null || guardrails === null || enforcement === null) {
    return { violations: damage.map(damaged) };
  }
  const id = sha256(artifacts['manifest.json']);
  const { environment } = manifest;
  const digests = digestsOf(artifacts);
  damage.push(...releaseArtifacts.filter((name) => manifest.artifacts[name] !== digests[name]).map(edited));
  if (provenance.release !== id) damage.push(`provenance.json belongs to release ${provenance.release}, not to ${id}`);
  if ([provenance, clients, task, guardrails, enforcement].some((each) => each.environment !== environment)) {
    damage.push('its artifacts are of different environments');
  }
  if (damage.length > 0) return { violations: damage.map(damaged) };
  return { release: { environment, id, artifacts, digests, clients, task, guardrails, enforcement, provenance } };
}

function digestsOf(artifacts: Artifacts): Record<ReleaseArtifact, string> {
  const entries = releaseArtifacts.map((name) => [name, sha256(artifacts[name])]);
  return Object.fromEntries(entries) as Record<ReleaseArtifact, string>;
}

function edited(name: ReleaseArtifact): string {
  return `${name} is not what its manifest names`;
}

function damaged(problem: string): Violation {
  return { code: 'release-damaged', reason: problem, fix: 'compile the environment again' };
}
