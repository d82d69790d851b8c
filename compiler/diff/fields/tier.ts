import type { Field } from '../field.ts';

const limit = { order: 'number', risk: { raised: 'safe', otherwise: 'caution' } } as const;
// Zero is a denial, as in a tenant's own limits.
const countLimit = {
  ...limit,
  risk: { ...limit.risk, from: { '0': 'dangerous' } },
  meanings: { '0': 'refuses every request' },
} as const;
// A ceiling is a check: what is above it needs an operator.
const ceiling = { lowered: 'caution', set: 'caution', otherwise: 'dangerous' } as const;

export const tierFields: readonly Field[] = [
  { path: '', label: 'tier', risk: { set: 'safe', otherwise: 'caution' } },
  { path: 'defaults.limits.requestsPerMinute', label: 'default limit of requests per minute', ...countLimit },
  { path: 'defaults.limits.tokensPerDay', label: 'default limit of tokens per day', ...countLimit },
  {
    path: 'defaults.budget.monthlyUsd',
    label: 'default monthly budget',
    unit: 'USD',
    risk: limit.risk,
    order: 'decimal',
  },
  {
    path: 'ceilings.limits.requestsPerMinute',
    label: 'ceiling of requests per minute',
    order: 'number',
    risk: ceiling,
  },
  { path: 'ceilings.limits.tokensPerDay', label: 'ceiling of tokens per day', order: 'number', risk: ceiling },
  {
    path: 'ceilings.budget.monthlyUsd',
    label: 'ceiling of the monthly budget',
    unit: 'USD',
    order: 'decimal',
    risk: ceiling,
  },
];
