import type { Resource } from '../resolve/resources.ts';
import type { environmentChecks, treeChecks } from './registry.ts';

type Name = keyof typeof treeChecks | keyof typeof environmentChecks;

/**
 * How much of a tree a check needs to see at once. `around`: everything but the tenants and what follows from them.
 * `tenant`: that and one tenant; what it reports on several is what it reports on each: it neither counts nor compares
 * them, nor looks for a first one, in tenants, classes or rules. `cards`: all tenants, but of each only who it is and
 * who acts for it. With a memory such checks run again only where something changed. A check that is missing here sees
 * all at once each time, which is always right, and slower.
 */
const scopes: Readonly<Partial<Record<Name, 'around' | 'tenant' | 'cards'>>> = {
  'reference/unknown': 'tenant',
  'reference/confusable-name': 'cards',
  'tenant/duplicate-group': 'cards',
  'tenant/former-name': 'cards',
  'project/unknown-code': 'around',
  'environment/ports': 'around',
  'tenant/reserved-name': 'tenant',
  'tenant/duplicate-client': 'tenant',
  'tenant/groups-without-federation': 'tenant',
  'tenant/unreachable': 'tenant',
  'federation/duplicate-provider': 'around',
  'routing/residency-region': 'around',
  'routing/wildcard': 'around',
  'routing/unreachable-target': 'around',
  'routing/repeated-target': 'around',
  'routing/reserved-parameter': 'around',
  'guardrail/empty': 'around',
  'guardrail/duplicate-pattern': 'around',
  'guardrail/detect-phase': 'around',
  'guardrail/detect-webhook': 'around',
  'guardrail/regex': 'around',
  'guardrail/regex-size': 'around',
  'guardrail/example': 'around',
  'pricing/effective-dates': 'around',
  'pricing/conflict': 'around',
  'pricing/discount': 'around',
  'pricing/tier-order': 'around',
  'pricing/implausible': 'around',
  'security/reserved-token': 'tenant',
  'yaml/ambiguous': 'tenant',
  'security/unpinned-image': 'around',
  'tenant/retired-on': 'tenant',
  'tenant/timezone': 'tenant',
  'limits/above-ceiling': 'tenant',
  'budget/unknown-model': 'tenant',
  'budget/model-above-tenant': 'tenant',
  'budget/alerts': 'tenant',
  'access/admin-scope': 'tenant',
  'access/no-models': 'tenant',
  'access/pattern-without-match': 'tenant',
  'access/deny-without-match': 'tenant',
  'access/deny-reachable': 'tenant',
  'access/allowed-and-denied': 'tenant',
  'time/retiring-model': 'around',
  'routing/overlapping-names': 'around',
  'routing/empty-wildcard': 'around',
  'routing/timeouts': 'around',
  'routing/residency-case': 'tenant',
  'routing/retry-mismatch': 'around',
  'routing/short-cooldown': 'around',
  'routing/retired-model': 'around',
  'pricing/unpriced-model': 'around',
  'pricing/precision': 'around',
};

export type Scope = 'around' | 'tenant' | 'cards' | 'all';

export function scopeOf(check: string): Scope {
  return Object.hasOwn(scopes, check) ? (scopes[check as Name] ?? 'all') : 'all';
}

/** What a check of scope `cards` sees of a tenant; a field that it must not read is not there. */
export function cardOf({ kind, name, file, metadata, spec }: Resource<'Tenant'>): Resource<'Tenant'> {
  const { clients, groups } = spec;
  return { kind, name, file, metadata, spec: { clients, groups } as Resource<'Tenant'>['spec'] };
}
