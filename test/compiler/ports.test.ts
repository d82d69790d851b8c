import { describe, expect, it } from 'vitest';
import { compiled, line, minimal, overlay } from './project.ts';

function webhook(authority: string): string[] {
  return findings({
    'guardrails/hook.yaml': `apiVersion: gatewright/v1
kind: Guardrail
metadata: {name: hook}
spec:
  mode: enforce
  phases: [request]
  webhook: {backend: "https://${authority}/check"}
`,
    'tenants/acme.yaml': `${minimal['tenants/acme.yaml']}  guardrails: [hook]\n`,
  });
}

function provider(host: string): string[] {
  return findings({
    'routing/providers/anthropic.yaml': `apiVersion: gatewright/v1
kind: Provider
metadata: {name: anthropic}
spec:
  {type: custom, host: "${host}", pathPrefix: /v1, formats: [messages], residency: us, credentials: {secret: k}, prices: list}
`,
  });
}

function findings(changes: Readonly<Record<string, string>>): string[] {
  return compiled(overlay(minimal, changes)).findings.map(line);
}

describe('a port that a configuration names', () => {
  it.each([webhook, provider])('is one that can be connected to (%o)', (project) => {
    for (const port of ['', ':1', ':443', ':65535']) expect(project(`guard.example${port}`)).toEqual([]);
    for (const port of [':0', ':00000', ':65536', ':99999'])
      expect(project(`guard.example${port}`).join('\n')).toContain('a port is a number from 1 to 65535');
  });
});

describe('what to write instead', () => {
  it('of a duration without its unit is the duration', () => {
    const profile = (minimal['routing/profiles/base.yaml'] ?? '').replace('spec:', 'spec:\n  timeouts: {request: 90}');
    expect(findings({ 'routing/profiles/base.yaml': profile }).join('\n')).toMatch(/got the number 90 — write 90s$/m);
  });

  it('of a file among the config tests is its name as one of them', () => {
    expect(findings({ 'routing/tests/foo.yaml': 'kind: ConfigTest\n' }).join('\n')).toContain(
      'rename it to routing/tests/foo.test.yaml',
    );
  });
});
