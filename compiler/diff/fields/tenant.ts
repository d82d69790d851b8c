import type { Field } from '../field.ts';

const limit = {
  order: 'number',
  risk: { lowered: 'caution', set: 'caution', unset: 'caution', otherwise: 'safe' },
} as const;
// Zero is no small limit but a denial: to leave it opens the gateway again, as a status does.
const countLimit = {
  ...limit,
  risk: { ...limit.risk, from: { '0': 'dangerous' } },
  meanings: { '0': 'refuses every request' },
} as const;
const budget = { order: 'decimal', unit: 'USD', risk: limit.risk } as const;

/** A tenant as it is in one environment. Guardrails and reachable models have rules of their own: see reach. */
export const tenantFields: readonly Field[] = [
  {
    path: '',
    label: 'tenant',
    // A new tenant touches nobody else, but it is somebody new with credentials. A removed one loses them.
    risk: { set: 'caution', otherwise: 'dangerous' },
    phrases: {
      unset: 'is removed: its credentials are deleted after the quarantine, unless a tenant takes over its name',
    },
    brief: ['spec.status', 'spec.tier', 'spec.routing'],
  },
  {
    path: 'metadata.name',
    label: 'name',
    // A move: credentials and history stay, but dashboards and the ledger show another name.
    risk: 'caution',
    phrases: {
      changed: 'was named {before} until now: its app clients keep their ids and secrets, published under the new name',
    },
  },
  // The credentials of a former name move here. Without it a moved tenant would be created anew, and the old ones deleted.
  { path: 'metadata.formerly', label: 'former names', risk: 'dangerous' },
  { path: 'metadata.displayName', label: 'display name', risk: 'safe' },
  // Owners approve changes: whoever is added may widen everything else.
  { path: 'metadata.owners', label: 'owners', risk: { gained: 'caution', lost: 'caution', otherwise: 'safe' } },
  // Somebody else pays.
  { path: 'metadata.costCenter', label: 'cost centre', risk: 'caution' },
  { path: 'metadata.orgUnit', label: 'organisational unit', risk: 'safe' },
  {
    path: 'spec.status',
    label: 'status',
    // active opens the gateway again; retired deletes credentials; suspended can be undone.
    risk: { words: { active: 'dangerous', retired: 'dangerous', suspended: 'caution' }, otherwise: 'dangerous' },
    phrases: { changed: 'status changes from {before} to {after}' },
  },
  // Decides on which day credentials are deleted.
  {
    path: 'spec.retiredOn',
    label: 'retirement day',
    order: 'date',
    risk: { lowered: 'dangerous', otherwise: 'caution' },
  },
  // Defaults and ceilings are others now.
  { path: 'spec.tier', label: 'tier', risk: 'caution' },
  { path: 'spec.routing', label: 'routing profile', risk: 'caution' },
  {
    path: 'spec.residency',
    label: 'residencies',
    // A label more, or none at all, lets data out. Fewer may leave a model without a target.
    risk: { gained: 'dangerous', unset: 'dangerous', lost: 'caution', set: 'caution', otherwise: 'safe' },
    phrases: {
      unset: 'requests are no longer bound to {before}: they may be processed anywhere',
      set: 'requests are now bound to {after}',
    },
  },
  {
    path: 'spec.models.allow',
    label: 'allowed models',
    // No list allows everything that the profile has today and will have.
    risk: { gained: 'dangerous', unset: 'dangerous', lost: 'caution', set: 'caution', otherwise: 'safe' },
    phrases: {
      unset: 'models are no longer limited to {before}: every model of the profile is allowed',
      set: 'models are now limited to {after}',
    },
  },
  {
    path: 'spec.models.deny',
    label: 'denied models',
    risk: { lost: 'dangerous', unset: 'dangerous', gained: 'caution', set: 'caution', otherwise: 'safe' },
    phrases: { unset: 'models {before} are no longer denied', set: 'models {after} are now denied' },
  },
  {
    path: 'spec.clients.*',
    label: 'client {0}',
    // New credentials for what the tenant may do already, or for more; a removed client's are deleted.
    risk: { words: { admin: 'dangerous' }, set: 'caution', otherwise: 'dangerous' },
    phrases: { unset: 'client {0} is removed: its credentials are deleted after the quarantine' },
    brief: ['scopes', 'accessTokenMinutes'],
  },
  { path: 'spec.clients.*.name', label: 'name of client {0}', risk: 'dangerous' },
  {
    path: 'spec.clients.*.scopes',
    label: 'scopes of client {0}',
    risk: { gained: 'dangerous', lost: 'caution', otherwise: 'safe' },
  },
  {
    path: 'spec.clients.*.accessTokenMinutes',
    label: 'lifetime of access tokens of client {0}',
    order: 'number',
    unit: 'minutes',
    risk: 'caution',
  },
  // People of a group act for the tenant.
  { path: 'spec.groups', label: 'groups', risk: { gained: 'dangerous', lost: 'caution', otherwise: 'safe' } },
  // More is what was asked for; less, a first limit or none any more can surprise.
  { path: 'spec.limits.requestsPerMinute', label: 'limit of requests per minute', ...countLimit },
  { path: 'spec.limits.tokensPerDay', label: 'limit of tokens per day', ...countLimit },
  { path: 'spec.budget.monthlyUsd', label: 'monthly budget', ...budget },
  // The month begins and ends at another hour.
  { path: 'spec.budget.timezone', label: 'time zone of the budget', risk: 'caution' },
  {
    path: 'spec.budget.alertsAtPercent',
    label: 'budget alerts (percent)',
    risk: { lost: 'caution', otherwise: 'safe' },
  },
  // warn turns the budget from a wall into a message.
  {
    path: 'spec.budget.onExceeded',
    label: 'answer beyond the budget',
    risk: { words: { warn: 'dangerous' }, otherwise: 'caution' },
  },
  { path: 'spec.budget.models.*', label: 'monthly budget of model {0}', risk: 'caution', brief: ['monthlyUsd'] },
  { path: 'spec.budget.models.*.monthlyUsd', label: 'monthly budget of model {0}', ...budget },
];
