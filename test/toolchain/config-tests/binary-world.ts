import type { TenantDirectory } from '../../../contract/artifacts/tenants.ts';
import type { Json, JsonObject } from '../../../contract/canonical.ts';
import type { TestRequest } from '../../../toolchain/config-tests/engine.ts';

type Tenant = TenantDirectory['tenants'][string];

export function tenant(budget: Partial<Tenant['budget']>): Tenant {
  return {
    displayName: 'A tenant',
    owners: ['@acme/team'],
    costCenter: 'CC-1',
    orgUnit: null,
    formerly: [],
    status: 'active',
    tier: 'standard',
    groups: [],
    clients: [],
    limits: { requestsPerMinute: null, tokensPerDay: null },
    budget: {
      monthlyUsd: null,
      timezone: 'UTC',
      alertsAtPercent: [],
      onExceeded: 'reject',
      models: {},
      ...budget,
    },
  };
}

export const directory: TenantDirectory = {
  schemaVersion: 1,
  environment: 'dev',
  federation: null,
  tenants: {
    acme: tenant({ monthlyUsd: '10.00', models: { 'claude-sonnet': { monthlyUsd: '2.50' } } }),
    beta: tenant({}),
    lenient: tenant({ monthlyUsd: '1.00', models: { 'claude-sonnet': { monthlyUsd: '0.50' } }, onExceeded: 'warn' }),
  },
};

export const text = 'What is a gateway?';
export const chatPath = '/v1/chat/completions';

export const chat = (model: string, more: JsonObject = {}): JsonObject => ({
  model,
  messages: [{ role: 'user', content: text }],
  ...more,
});

export function request(body: Json, changes: Partial<TestRequest> = {}): TestRequest {
  return {
    method: 'POST',
    path: chatPath,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    credential: 'valid',
    client: 'beta/default',
    claims: {},
    ...changes,
  };
}

const executable = process.env['GATEWRIGHT_AGENTGATEWAY'] || undefined;

/** What tests of the binary engine run, and the end of their name where they cannot. */
export const binary = {
  executable: executable ?? '',
  isMissing: executable === undefined,
  note: executable === undefined ? ' (skipped: GATEWRIGHT_AGENTGATEWAY names no executable)' : '',
};
