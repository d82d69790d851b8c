import { describe, expect, it } from 'vitest';
import type { CostTable } from '../../contract/artifacts/cost-table.ts';
import { logFields, priceKeyFields, subscriptionFilter, usageLineSchema } from '../../contract/observability.ts';
import { gatewayConfig } from '../compiler/cel.ts';
import { compiled, filesIn, repository } from '../compiler/project.ts';

const { releases } = compiled(filesIn(repository));

/** As agentgateway v1.4.1 wrote it for a priced chat request. */
const line = {
  level: 'info',
  time: '2026-11-24T09:00:00.000000Z',
  scope: 'request',
  route: 'default/bedrock-first.claude-sonnet-00',
  'http.status': 200,
  'http.path': '/v1/chat/completions',
  protocol: 'llm',
  'gen_ai.usage.input_tokens': 10,
  'agw.ai.usage.cost.total': '0.0000625',
  duration: '3ms',
  'gw.release': 'r1',
  'gw.tenant': 'acme',
  'gw.cost_center': 'CC-1',
  'gw.client': 'client-a',
  'gw.model': 'smart',
  'gw.rule': 'base.smart',
  'gw.stream': false,
  'gw.tokens.input': 10,
  'gw.tokens.output': 5,
  'gw.tokens.total': 15,
  'gw.cost_usd': 0.0000625,
  'gw.provider': 'openai',
  'gw.upstream_model': 'gpt-4o',
};

describe('the observability contract', () => {
  it('is what every compiled config logs, field by field', () => {
    expect(releases).not.toEqual([]);
    for (const release of releases) {
      const { add } = gatewayConfig(release).frontendPolicies.accessLog;
      expect(Object.keys(add).sort()).toEqual(Object.keys(logFields).sort());
    }
  });

  it('logs no header, no body, no prompt and no answer', () => {
    for (const { cel } of Object.values(logFields)) {
      expect(JSON.stringify(cel)).not.toMatch(/headers|body|prompt|completion|metadata\.text|metadata\.requested/);
    }
  });

  it('reads a line as the gateway wrote it, with its types', () => {
    const parsed = usageLineSchema.parse(line);
    expect(parsed['gw.tokens.total']).toBe(15);
    expect(parsed['gw.tenant']).toBe('acme');
  });

  it.each(Object.keys(logFields))('refuses a line whose %s has another type', (name) => {
    expect(usageLineSchema.safeParse({ ...line, [name]: ['other'] }).success).toBe(false);
  });

  it('selects lines by a field without dots in its name', () => {
    expect(subscriptionFilter).toBe(`{ $.scope = "${line.scope}" }`);
  });

  it('has price keys that find a row of every cost table', () => {
    const parsed = usageLineSchema.parse(line);
    const [provider, model] = priceKeyFields.map((name) => parsed[name]);
    for (const release of releases) {
      const { rows } = JSON.parse(release.artifacts['cost-table.json']) as CostTable;
      expect(rows.some((row) => row.provider === provider && row.model === model)).toBe(true);
    }
  });
});
