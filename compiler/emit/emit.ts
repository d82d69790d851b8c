import type { EmittedArtifact } from '../../contract/artifacts/artifacts.ts';
import type { Model } from '../resolve/model.ts';
import type { Table } from '../table/table.ts';
import { emitCognitoClients } from './cognito-clients.ts';
import { emitCostTable } from './cost-table.ts';
import { emitDecisionTable } from './decision-table.ts';
import type { Emitted } from './emitted.ts';
import { emitEnforcement } from './enforcement.ts';
import { emitGateway } from './gateway/config.ts';
import { emitGuardrails } from './guardrails.ts';
import { emitRateLimit } from './rate-limit.ts';
import { emitTask } from './task.ts';
import { emitTenants } from './tenants.ts';

export type Emission = Readonly<Record<EmittedArtifact, Emitted>>;

export function emit(model: Model, table: Table): Emission {
  return {
    'agentgateway.json': emitGateway(model, table),
    'cognito-clients.json': emitCognitoClients(model),
    'cost-table.json': emitCostTable(model),
    'decision-table.json': emitDecisionTable(model, table),
    'enforcement.json': emitEnforcement(model, table),
    'guardrails.json': emitGuardrails(model),
    'ratelimit.json': emitRateLimit(model),
    'task.json': emitTask(model, table),
    'tenants.json': emitTenants(model),
  };
}
