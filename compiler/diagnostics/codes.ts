import type { Severity } from './severity.ts';

interface CodeEntry {
  /** Default severity; `checks:` in gatewright.yaml may change it unless the family is locked. */
  readonly severity: Severity;
  /** What always holds in an accepted configuration, one sentence. */
  readonly law: string;
}

const error = (law: string): CodeEntry => ({ severity: 'error', law });
const warning = (law: string): CodeEntry => ({ severity: 'warning', law });
const info = (law: string): CodeEntry => ({ severity: 'info', law });

/**
 * Every code that a finding can have, `<family>/<slug>`, in the order of the pipeline. Adding a code is one entry here:
 * documentation, `checks:` and the type `Code` follow from it.
 */
export const codes = {
  // Reading files.
  'source/symlink': error('A configuration file is a regular file, never a symbolic link.'),
  'source/not-a-file': error('A configuration file is a regular file.'),
  'source/unreadable': error('Every configuration file can be read.'),
  'source/too-large': error('A configuration file is at most 1 MiB.'),
  'source/too-many-files': error('A configuration tree has at most 50 000 files.'),
  'source/extension': error('A configuration file ends in .yaml.'),
  'source/encoding': error('A configuration file is UTF-8 text.'),
  'source/character': error('A configuration file has no control characters but tab and line breaks.'),

  // YAML.
  'yaml/syntax': error('A configuration file is well-formed YAML 1.2.'),
  'yaml/tab': error('YAML is indented with spaces, never with tabs.'),
  'yaml/indentation': error('Entries of one mapping or list start in the same column.'),
  'yaml/unclosed': error('Every quote and bracket is closed.'),
  'yaml/empty': error('A configuration file has content.'),
  'yaml/multiple-documents': error('A configuration file holds one YAML document.'),
  'yaml/directive': error('A configuration file has no %YAML or %TAG directives.'),
  'yaml/duplicate-key': error('A mapping names each key once.'),
  'yaml/non-string-key': error('Keys are strings.'),
  'yaml/reserved-key': error('No key is named __proto__, constructor or prototype.'),
  'yaml/merge-key': error('There are no merge keys.'),
  'yaml/tag': error('There are no tags: plain YAML 1.2 core values only.'),
  'yaml/anchor': error('An alias names an anchor that is complete before it.'),
  'yaml/alias-limit': error('Aliases in one file are at most 100 and add at most 10 000 values.'),
  'yaml/too-deep': error('Values nest at most 64 levels.'),
  'yaml/too-many-values': error('A file holds at most 50 000 values.'),
  'yaml/number': error('Numbers are finite and exact.'),
  'yaml/surrogate': error('Strings are well-formed Unicode.'),

  // The schema of a kind.
  'schema/unknown-field': error('Only fields that have an effect are accepted.'),
  'schema/missing-field': error('Required fields are present.'),
  'schema/wrong-type': error('Each value has the type of its field.'),
  'schema/invalid-value': error('Each value is one that its field allows.'),

  // Resources and the references between them.
  'resource/unplaced': error('Every configuration file lies where files of its kind live.'),
  'resource/wrong-kind': error('The kind of a resource is the kind of its place.'),
  'resource/name-mismatch': error('A resource is named after its file.'),
  'resource/duplicate-name': error('A name is unique within its kind.'),
  'reference/unknown': error('Every reference names a resource that exists.'),
  'reference/unused': warning('Every provider, profile, guardrail and price list is used.'),

  // The project and its environments.
  'project/missing': error('A tree has gatewright.yaml, tenants/tiers.yaml and at least one environment.'),
  'project/unknown-code': error('checks: names codes that exist.'),
  'project/promotion': error('Promotion names each environment at most once and none of class local.'),
  'project/unpromoted': info('A merge deploys every environment of class dev or prod.'),
  'environment/ports': error('The ports of a gateway differ from each other and from its health port.'),

  // Tenants.
  'tenant/reserved-name': error('No tenant is named tiers or federation.'),
  'tenant/retired-on': error('retiredOn stands exactly with status retired.'),
  'tenant/former-name': error('A former name belongs to one tenant and is no longer in use.'),
  'tenant/duplicate-client': error('App clients of one tenant have different names.'),
  'tenant/duplicate-group': error('An IdP group belongs to one tenant.'),
  'tenant/groups-without-federation': error('Groups need tenants/federation.yaml.'),
  'tenant/unreachable': warning('Every tenant has an app client or a group, so that somebody can use it.'),
  'tenant/timezone': error('A time zone is a known IANA name.'),
  'limits/above-ceiling': error("A tenant's limits and budgets stay within the ceilings of its tier."),
  'access/admin-scope': error('Only clients of adminTenants have the admin scope.'),
  'access/pattern-without-match': warning('Every allow and deny pattern matches a model of the profile.'),

  // Routing.
  'routing/extends-cycle': error('Profiles do not extend each other in a circle.'),
  'routing/overlapping-names': error('Within a profile every public name belongs to one model.'),
  'routing/wildcard': error('A wildcard has a single target without a model, and no aliases.'),
  'routing/empty-wildcard': error('A wildcard expands to at least one priced model.'),
  'routing/retry-mismatch': error('All fallbacks of one weighted split retry in the same way.'),
  'routing/no-surface': error('All targets of a model can serve at least one common path.'),
  'routing/reserved-parameter': error('Parameters do not touch what the gateway decides by.'),
  'routing/retired-model': error('No request is routed to a model after its retirement.'),
  'routing/rule-collision': error('Rules and classes have different ids.'),

  // Guardrails.
  'guardrail/empty': error('A guardrail has patterns, a Bedrock definition or a webhook.'),
  'guardrail/regex': error('Every regex is valid RE2 and matches no empty text.'),
  'guardrail/example': error('Patterns match every blocked example and no allowed one.'),
  'guardrail/not-enforced': warning('The gateway enforces every guardrail, limit and budget that is configured.'),

  // Prices.
  'pricing/unpriced-model': error('Every routed model has a price on the day.'),
  'pricing/effective-dates': error('Prices of a model begin on different days, in ascending order.'),
  'pricing/conflict': error('A model has one price under each name that the gateway logs.'),
  'pricing/precision': error('Rates have at most six decimals, also after a discount.'),
  'pricing/discount': error('Discounts begin before they end and do not overlap for one model.'),
  'pricing/tier-order': error('Context tiers of a price ascend.'),

  // Security: locked.
  'security/reserved-token': error('No text contains @{, which opens a deploy-time token.'),
  'security/unpinned-image': error('A prod environment pins the gateway image by digest.'),
} satisfies Readonly<Record<`${string}/${string}`, CodeEntry>>;

export type Code = keyof typeof codes;

/** Families whose severity no configuration can change. */
const lockedFamilies: readonly string[] = ['security'];

/** `security` of `security/secret-in-yaml`. */
export function familyOf(code: string): string {
  return code.slice(0, Math.max(0, code.indexOf('/')));
}

export function isCode(code: string): code is Code {
  return Object.hasOwn(codes, code);
}

export function isLocked(code: string): boolean {
  return lockedFamilies.includes(familyOf(code));
}
