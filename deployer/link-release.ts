import { taskSchema } from '../contract/artifacts/task.ts';
import { sortedKeys } from '../contract/canonical.ts';
import type { Infra } from '../contract/infra.ts';
import { link } from './link.ts';
import type { Release } from './release.ts';
import { sha256 } from './sha256.ts';
import { largestRequest, type TaskDefinition, taskDefinition } from './task-definition.ts';
import type { Violation } from './violation.ts';

/** A release bound to real ids: what runs is named by the release id and the digest of this config. */
export interface LinkedRelease {
  readonly config: string;
  /** SHA-256 of the config. */
  readonly linked: string;
  readonly definition: TaskDefinition;
}

export type LinkOutcome = { readonly value: LinkedRelease } | { readonly violations: readonly Violation[] };

export function linkRelease(release: Release, infra: Infra, clients: Readonly<Record<string, string>>): LinkOutcome {
  const bindings = { release: release.id, linked: null, clients, infra };
  const config = link('agentgateway.json', release.artifacts['agentgateway.json'], bindings);
  const linked = 'text' in config ? sha256(config.text) : sha256('');
  const task = link('task.json', release.artifacts['task.json'], { ...bindings, linked });
  if (!('text' in config && 'text' in task)) {
    return { violations: [config, task].flatMap((each) => ('violations' in each ? each.violations : [])) };
  }
  const definition = taskDefinition(taskSchema.parse(JSON.parse(task.text)), infra);
  if (definition.bytes > largestRequest) return { violations: [tooLarge(definition.bytes)] };
  return { value: { config: config.text, linked, definition } };
}

/** Stands for ids that do not exist yet, so that all that can be wrong is found before anything is done. */
export function placeholderClients(release: Release): Record<string, string> {
  return Object.fromEntries(sortedKeys(release.clients.clients).map((key, index) => [key, `pending-${index}`]));
}

function tooLarge(bytes: number): Violation {
  return {
    code: 'task-definition-too-large',
    reason: `the task definition has ${bytes} bytes; ECS takes 65536, and ${largestRequest} are used at most`,
    fix: 'use fewer provider secrets or shorter names',
  };
}
