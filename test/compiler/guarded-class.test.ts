import { expect, it } from 'vitest';
import { gatewayConfig } from './cel.ts';
import { minimal, overlay, releaseOf } from './project.ts';

/** A class whose models are all denied has no rule, but its guardrails are looked for like those of any other. */
const files = overlay(minimal, {
  'gatewright.yaml': `${minimal['gatewright.yaml']}  checks: {access/no-models: off}\n`,
  'guardrails/guard.yaml': `apiVersion: gatewright/v1
kind: Guardrail
metadata: {name: guard}
spec:
  mode: enforce
  phases: [request]
  patterns: [{name: keys, regex: 'AKIA[0-9A-Z]{16}', action: reject}]
`,
  'tenants/mute.yaml': `apiVersion: gatewright/v1
kind: Tenant
metadata: {name: mute, displayName: Mute, owners: ["@acme/all"], costCenter: CC-2}
spec:
  tier: standard
  routing: base
  guardrails: [guard]
  models: {deny: ["*"]}
  clients: [{name: default}]
`,
});

it('a guardrail that no rule has still has its denial in both formats', () => {
  const names = gatewayConfig(releaseOf(files, 'dev')).routes.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['deny.blocked.guard.openai', 'deny.blocked.guard.anthropic']));
});
