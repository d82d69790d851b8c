import type { Field } from '../field.ts';

export const projectFields: readonly Field[] = [
  { path: '', label: 'project', risk: 'caution' },
  { path: 'metadata.name', label: 'name', risk: 'safe' },
  // Other behaviours and limits are assumed.
  { path: 'spec.gatewayVersion', label: 'gateway version', risk: 'caution' },
  // A merge deploys elsewhere, or prod before it was tried in dev.
  { path: 'spec.promotion', label: 'promoted environments', risk: 'caution' },
  // A check that says less is a check loosened.
  {
    path: 'spec.checks.*',
    label: 'severity of {0}',
    order: ['off', 'info', 'warning', 'error'],
    risk: { raised: 'safe', otherwise: 'dangerous' },
  },
];
