import { expect, it } from 'vitest';
import { enforcementText } from '../../cli/enforcement-text.ts';
import type { Enforcement } from '../../contract/artifacts/enforcement.ts';

const plain = { print: () => {}, progress: () => {}, style: (text: string) => text };

const asked = { strength: 'next-request', mechanism: 'somebody is asked', overshoot: 'a little', tenants: 2 } as const;

const enforcement: Enforcement = {
  schemaVersion: 1,
  environment: 'dev',
  statements: {
    requestsPerMinute: { strength: 'hard', mechanism: 'counted', overshoot: 'nothing', outage: null, tenants: 4 },
    tokensPerDay: { strength: 'none', mechanism: 'not counted', overshoot: 'all', outage: null, tenants: 3 },
    monthlyBudget: { ...asked, outage: 'refused' },
    modelBudgets: { ...asked, tenants: 1, outage: 'refused' },
  },
  guardrails: {
    strict: [
      { gap: 'text-only', statement: 'reads text' },
      { gap: 'stream-masks', statement: 'masks no stream' },
    ],
    baseline: [{ gap: 'text-only', statement: 'reads text' }],
  },
};

it('says each sentence once, with everything that it is true of', () => {
  expect(enforcementText(enforcement, plain).join('\n')).toBe(`enforcement, with the number of tenants
  requests per minute (4): hard, counted
      overshoot: nothing
  tokens per day (3): none, not counted
  monthly budgets (2), model budgets (1): next-request, somebody is asked
      overshoot: a little; refused
what guardrails do not see or do
  baseline, strict: reads text
  strict: masks no stream`);
});

it('says nothing where nothing is limited and nothing guarded', () => {
  expect(enforcementText({ ...enforcement, statements: {}, guardrails: {} }, plain)).toEqual([]);
});
