import type { Artifacts } from '../../../contract/artifacts/artifacts.ts';
import type { DecisionTable } from '../../../contract/artifacts/decision-table.ts';
import type { Task } from '../../../contract/artifacts/task.ts';
import type { Model } from '../../resolve/model.ts';
import type { Values } from '../schemas.ts';
import { Entitlements } from './behaviour.ts';
import { type GatewayConfig, readConfig } from './config.ts';
import { type Decision, decisionOf } from './decision.ts';
import { RouteIndex } from './route-index.ts';

/** One environment's model and what was made of it, each parsed once. */
export interface Subject {
  readonly model: Model;
  readonly artifacts: Artifacts;
  readonly config: GatewayConfig;
  readonly decision: Decision;
  readonly routes: RouteIndex;
  readonly table: DecisionTable;
  readonly task: Task;
  readonly entitlements: Entitlements;
}

/** Yields what is wrong: the artifact, the place and the input that caused it. */
export type Law = (subject: Subject) => Iterable<string>;

export function subjectOf(model: Model, artifacts: Artifacts, values: Values): Subject {
  const task = values['task.json'] as Task;
  const config = readConfig(artifacts['agentgateway.json'], task);
  return {
    model,
    artifacts,
    config,
    decision: decisionOf(config),
    routes: new RouteIndex(config.routes),
    table: values['decision-table.json'] as DecisionTable,
    task,
    entitlements: new Entitlements(model),
  };
}

/** How a message names a resource: by name and file. */
export function named(resource: { readonly kind: string; readonly name: string; readonly file: string }): string {
  return `${resource.kind} ${resource.name} (${resource.file})`;
}
