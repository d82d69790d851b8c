import { environmentClasses } from '../../../contract/vocabulary.ts';
import type { Field } from '../field.ts';

// What may be deleted without anybody's word is a check: more of it loosens the check.
const threshold = { order: 'number', risk: { raised: 'dangerous', otherwise: 'safe' } } as const;

export const environmentFields: readonly Field[] = [
  {
    path: '',
    label: 'environment',
    // Its tenants lose their credentials with it. They are not listed one by one.
    risk: { set: 'caution', otherwise: 'dangerous' },
    phrases: { unset: 'is removed: nothing deploys to it any more, and what runs there stays' },
    brief: ['spec.class', 'spec.aws.region'],
  },
  // A weaker class is held to fewer checks.
  {
    path: 'spec.class',
    label: 'class',
    order: environmentClasses,
    risk: { raised: 'caution', otherwise: 'dangerous' },
  },
  // Everything is made anew somewhere else.
  { path: 'spec.aws.region', label: 'AWS region', risk: 'dangerous' },
  { path: 'spec.aws.account', label: 'AWS account', risk: 'dangerous' },
  // What AWS said, for a check to compare with.
  { path: 'spec.aws.quotas.appClients', label: 'quota of app clients', order: 'number', risk: 'safe' },
  { path: 'spec.gateway.image', label: 'gateway image', risk: 'caution' },
  { path: 'spec.gateway.port', label: 'gateway port', risk: 'caution' },
  { path: 'spec.gateway.opsPort', label: 'operations port', risk: 'caution' },
  {
    path: 'spec.gateway.maxBodyBytes',
    label: 'largest request body',
    order: 'number',
    unit: 'bytes',
    risk: { raised: 'safe', otherwise: 'caution' },
  },
  // The invoke scope is named after it: tokens of one are refused by the other.
  { path: 'spec.access.resourceServer', label: 'resource server', risk: 'dangerous' },
  {
    path: 'spec.access.adminTenants',
    label: 'admin tenants',
    risk: { gained: 'dangerous', lost: 'caution', otherwise: 'safe' },
  },
  {
    path: 'spec.guardrails.mandatory',
    label: 'mandatory guardrails',
    risk: { lost: 'dangerous', reordered: 'caution', otherwise: 'safe' },
  },
  {
    path: 'spec.limits',
    label: 'enforcement of limits',
    risk: { unset: 'dangerous', otherwise: 'caution' },
    brief: ['backend', 'onFailure'],
  },
  {
    path: 'spec.limits.backend',
    label: 'backend of limits',
    risk: { words: { local: 'dangerous' }, otherwise: 'caution' },
    order: ['local', 'global'],
    phrases: {
      lowered:
        '{label} changes from {before} to {after}: tokens per day are no longer enforced, requests only by each gateway task for itself',
    },
  },
  { path: 'spec.limits.onFailure', label: 'limits while their backend is down', risk: 'caution' },
  {
    path: 'spec.budgets',
    label: 'enforcement of budgets',
    risk: { unset: 'dangerous', otherwise: 'caution' },
    brief: ['cacheSeconds', 'onFailure'],
  },
  {
    path: 'spec.budgets.cacheSeconds',
    label: 'age of a budget answer',
    order: 'number',
    unit: 'seconds',
    risk: { raised: 'caution', otherwise: 'safe' },
  },
  { path: 'spec.budgets.onFailure', label: 'budgets while their service is down', risk: 'caution' },
  { path: 'spec.safety.deletes.count', label: 'number of deletions without acknowledgement', ...threshold },
  { path: 'spec.safety.deletes.percent', label: 'share of deletions without acknowledgement', ...threshold },
  {
    path: 'spec.safety.quarantineDays',
    label: 'quarantine',
    order: 'number',
    unit: 'days',
    risk: { lowered: 'dangerous', otherwise: 'safe' },
  },
  {
    path: 'spec.safety.acknowledge.*',
    label: 'acknowledgement of deletions until {0}',
    risk: { set: 'dangerous', otherwise: 'safe' },
    brief: ['upTo', 'reason'],
  },
  { path: 'spec.safety.acknowledge.*.change', label: 'acknowledged change until {0}', risk: 'dangerous' },
  { path: 'spec.safety.acknowledge.*.upTo', label: 'number of acknowledged deletions until {0}', ...threshold },
  { path: 'spec.safety.acknowledge.*.reason', label: 'reason of the acknowledgement until {0}', risk: 'safe' },
];
