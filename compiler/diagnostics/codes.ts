import type { Severity } from './severity.ts';

interface CodeEntry {
  /** Default severity. */
  readonly severity: Severity;
  /** `checks:` in gatewright.yaml cannot change it: without the law artifacts would be incomplete, wrong or unsafe. */
  readonly locked?: true;
  /** What always holds in an accepted configuration, one sentence. */
  readonly law: string;
}

const fatal = (law: string): CodeEntry => ({ severity: 'error', law, locked: true });
const error = (law: string): CodeEntry => ({ severity: 'error', law });
const warning = (law: string): CodeEntry => ({ severity: 'warning', law });
const info = (law: string): CodeEntry => ({ severity: 'info', law });

/**
 * Every code that a finding can have, `<family>/<slug>`, in the order of the pipeline. Adding a code is one entry here:
 * documentation, `checks:` and the type `Code` follow from it.
 */
export const codes = {
  // Reading files.
  'source/symlink': fatal('A configuration file is a regular file, never a symbolic link.'),
  'source/not-a-file': fatal('A configuration file is a regular file.'),
  'source/unreadable': fatal('Every configuration file can be read.'),
  'source/too-large': fatal('A configuration file is at most 1 MiB.'),
  'source/too-many-files': fatal('A configuration tree has at most 50 000 files.'),
  'source/extension': fatal('A configuration file ends in .yaml.'),
  'source/encoding': fatal('A configuration file is UTF-8 text.'),
  'source/character': fatal('A configuration file has no control characters but tab and line breaks.'),
  'source/invisible': fatal('No character is invisible, changes the direction of text or only looks like a space.'),
  'source/misplaced': fatal('Configuration lies in the folders that are read, under their right names.'),

  // YAML.
  'yaml/syntax': fatal('A configuration file is well-formed YAML 1.2.'),
  'yaml/conflict': fatal('No merge conflict is left in a file.'),
  'yaml/tab': fatal('YAML is indented with spaces, never with tabs.'),
  'yaml/indentation': fatal('Entries of one mapping or list start in the same column.'),
  'yaml/unclosed': fatal('Every quote and bracket is closed.'),
  'yaml/empty': fatal('A configuration file has content.'),
  'yaml/multiple-documents': fatal('A configuration file holds one YAML document.'),
  'yaml/directive': fatal('A configuration file has no %YAML or %TAG directives.'),
  'yaml/duplicate-key': fatal('A mapping names each key once.'),
  'yaml/non-string-key': fatal('Keys are strings.'),
  'yaml/reserved-key': fatal('No key is named __proto__, constructor or prototype.'),
  'yaml/merge-key': fatal('There are no merge keys.'),
  'yaml/tag': fatal('There are no tags: plain YAML 1.2 core values only.'),
  'yaml/anchor': fatal('An alias names an anchor that is complete before it.'),
  'yaml/alias-limit': fatal('Aliases in one file are at most 100 and add at most 10 000 values.'),
  'yaml/too-deep': fatal('Values nest at most 64 levels.'),
  'yaml/too-many-values': fatal('A file holds at most 50 000 values.'),
  'yaml/number': fatal('Numbers are finite and exact.'),
  'yaml/surrogate': fatal('Strings are well-formed Unicode.'),
  'yaml/ambiguous': warning('Every plain value means the same in YAML 1.1 and in YAML 1.2.'),

  // The schema of a kind.
  'schema/unknown-field': fatal('Only fields that have an effect are accepted.'),
  'schema/missing-field': fatal('Required fields are present.'),
  'schema/wrong-type': fatal('Each value has the type of its field.'),
  'schema/invalid-value': fatal('Each value is one that its field allows.'),

  // Resources and the references between them.
  'resource/unplaced': fatal('Every configuration file lies where files of its kind live.'),
  'resource/wrong-kind': fatal('The kind of a resource is the kind of its place.'),
  'resource/name-mismatch': fatal('A resource is named after its file.'),
  'resource/duplicate-name': fatal('A name is unique within its kind.'),
  'reference/unknown': fatal('Every reference names a resource that exists.'),
  'reference/confusable-name': warning('Names of one kind can be told apart by eye.'),
  'reference/unused': warning('Every provider, profile, guardrail and price list is used.'),
  'reference/shared-secret': warning('No secret is shown to two parties.'),

  // The project and its environments.
  'project/missing': fatal('A tree has gatewright.yaml, tenants/tiers.yaml and at least one environment.'),
  'project/unknown-code': fatal('checks: names codes that exist and are not locked.'),
  'project/promotion': fatal(
    'Promotion names each environment at most once, dev before prod, and none of class local.',
  ),
  'project/unpromoted': info('A merge deploys every environment of class dev or prod.'),
  'environment/ports': fatal('The ports of a gateway differ from each other and from its health port.'),

  // Tenants.
  'tenant/reserved-name': fatal('No tenant is named tiers or federation.'),
  'tenant/retired-on': fatal('retiredOn stands exactly with status retired.'),
  'tenant/former-name': fatal('A former name belongs to one tenant and is no longer in use.'),
  'tenant/duplicate-client': fatal('App clients of one tenant have different names.'),
  'tenant/duplicate-group': fatal('An IdP group belongs to one tenant.'),
  'tenant/groups-without-federation': error('Groups need tenants/federation.yaml.'),
  'tenant/unreachable': warning('Every tenant has an app client or a group, so that somebody can use it.'),
  'tenant/timezone': fatal('A time zone is a known IANA name.'),
  'limits/above-ceiling': error("A tenant's limits and budgets stay within the ceilings of its tier."),
  'limits/tier-default': error(
    'Defaults of a tier stay within its ceilings, and no tenant is without a value that has a ceiling.',
  ),
  'limits/capacity': fatal('Nothing takes more than AWS and the gateway accept.'),
  'limits/headroom': warning('Nothing takes more than four fifths of what AWS and the gateway accept.'),
  'limits/not-enforced': warning('An environment of class dev or prod enforces the limits of its tenants.'),
  'budget/unknown-model': fatal('A per-model budget names a model that the tenant can call, by its own name.'),
  'budget/model-above-tenant': error("A model's budget is not above the tenant's."),
  'budget/not-enforced': warning('An environment of class dev or prod enforces the budgets of its tenants.'),
  'budget/alerts': warning('Alerts ascend, and each can be reached.'),
  'federation/duplicate-provider': fatal('Identity providers have different names.'),
  'access/no-models': error('An active tenant can use at least one model.'),
  'access/allowed-and-denied': warning('No allow pattern matches only what the same tenant denies.'),
  'access/admin-scope': fatal('Only clients of adminTenants have the admin scope.'),
  'access/pattern-without-match': warning('Every allow pattern matches a model of the profile.'),
  'access/deny-without-match': fatal('Every deny pattern matches a model of the profile.'),
  'access/deny-reachable': error('No model that a tenant may use leads to an upstream model that it denies.'),

  // Routing.
  'routing/extends-cycle': fatal('Profiles do not extend each other in a circle.'),
  'routing/overlapping-names': fatal('Within a profile every public name belongs to one model.'),
  'routing/residency-region': fatal('A provider has the residency of the region or host that it names.'),
  'routing/inference-profile': fatal('A cross-Region model of Bedrock is processed where its provider says.'),
  'routing/unknown-residency': error(
    'A residency of a tenant is that of some provider, and no provider has a misspelt one.',
  ),
  'routing/residency-failover': info('Residency leaves a fallback more than one target.'),
  'routing/uncallable-model': warning('Every model of a profile that tenants use can be called by one of them.'),
  'routing/dropped-alias': warning('A model that replaces an inherited one keeps its aliases in use.'),
  'routing/wildcard': fatal('A wildcard has a single target without a model, and no aliases.'),
  'routing/empty-wildcard': error('A wildcard expands to at least one priced model.'),
  'routing/retry-mismatch': fatal('All fallbacks of one weighted split retry in the same way.'),
  'routing/no-surface': fatal('All targets of a model can serve at least one common path.'),
  'routing/reserved-parameter': fatal('Parameters do not touch what the gateway decides by.'),
  'routing/overridden-default': warning('No parameter has both a default and an override.'),
  'routing/implausible-parameter': warning('Parameters have names and values that providers take.'),
  'routing/stored-responses': warning(
    'A Responses lane says whether its provider may store what passes, and forces no client to it.',
  ),
  'routing/idle-prompt-caching': warning(
    'A profile with prompt caching has a target for which the gateway sets cache points.',
  ),
  'routing/doubtful-embedding': warning('A price without an output rate belongs to an embedding model.'),
  'routing/mixed-embeddings': warning('All targets of an embedding model give vectors of the same model.'),
  'routing/short-timeout': error('Timeouts are at least a second.'),
  'routing/late-target': warning('Slow targets of a fallback leave the last one time.'),
  'routing/client-fault-status': warning('No fallback acts on a status that tells of a mistake of the client.'),
  'routing/long-wait': warning(
    'A request takes an hour at most; a fallback waits ten seconds at most, and leaves a failed target alone for at most five minutes.',
  ),
  'routing/timeouts': error('An attempt takes no longer than the whole request, and leaves time for a fallback.'),
  'routing/unreachable-case': error('Every case of a conditional has requests that no earlier case takes.'),
  'routing/residency-case': error('Residency that leaves a case of a conditional leaves its last one too.'),
  'routing/short-cooldown': warning(
    'A fallback of three or more targets leaves a failed one alone for longer than an attempt takes.',
  ),
  'routing/unreachable-target': error('A fallback retries often enough to reach its last target.'),
  'routing/repeated-target': error('A fallback or split names each target once.'),
  'routing/retired-model': error('No request is routed to a model after its retirement.'),
  'routing/rule-collision': fatal('Rules and classes have different ids.'),

  // Guardrails.
  'guardrail/empty': error('A guardrail has patterns, a Bedrock definition with content or a webhook.'),
  'guardrail/duplicate-pattern': fatal('Patterns, PII entities, topics and words of one guardrail differ.'),
  'guardrail/detect-phase': error('Patterns in detect mode have the request phase, the one in which they are read.'),
  'guardrail/detect-webhook': fatal('A guardrail in detect mode has no webhook.'),
  'guardrail/detect-topics': fatal('A guardrail in detect mode has no denied topics.'),
  'guardrail/bedrock-mask': warning('Bedrock blocks and does not mask, which would take tool calls out of a request.'),
  'guardrail/stream-mask': warning('A guardrail that guards streamed answers does more than mask.'),
  'guardrail/unread-strength': warning('A content filter has a strength only for phases that its guardrail has.'),
  'guardrail/weak-mandatory': warning(
    'Neither a stream nor an outage of its webhook leads past a mandatory guardrail of a prod environment.',
  ),
  'guardrail/webhook-timeout': error('A webhook has the time to answer, and less than the request has.'),
  'guardrail/long-phrase': warning('Phrases that Bedrock looks for have at most three words.'),
  'guardrail/frame-match': error('No pattern matches what stands in every request of some sort.'),
  'guardrail/regex': fatal(
    'Every regex means the same to RE2 and to the gateway, and matches something within a request, but not just anything.',
  ),
  'guardrail/regex-size': fatal('Every regex is small enough for the engine of the gateway.'),
  'guardrail/retried-rejection': error('No fallback retries the status with which a guardrail rejects an answer.'),
  'guardrail/example': error('Patterns and phrases match every blocked example, and patterns no allowed one.'),

  // Prices.
  'pricing/unpriced-model': fatal('Every routed model has a price on the day.'),
  'pricing/effective-dates': fatal('Prices of a model begin on different days, in ascending order.'),
  'pricing/conflict': fatal('A model has one price under each name that the gateway logs.'),
  'pricing/precision': fatal('Rates have at most six decimals, also after a discount.'),
  'pricing/discount': fatal(
    'A discount begins before it ends, counts for a price, and overlaps no other for one model.',
  ),
  'pricing/tier-order': fatal('Context tiers of a price ascend.'),
  'pricing/implausible': warning(
    'Rates are of the size that their siblings suggest, and output costs no less than input.',
  ),
  'pricing/cache-rates': warning('Where the gateway caches prompts, the price has rates for cached tokens.'),
  'pricing/verified-on': warning(
    'A price was last read at its source at most a month before it holds, and not after the day.',
  ),

  // Attribution: every request that costs something is booked on the tenant that caused it.
  'attribution/closure': fatal(
    'For each active tenant, credential, app client, tenant table, log fields, price row and ledger key are one unbroken chain.',
  ),

  // Time: what changes by itself.
  'time/ahead': info('No price, acknowledgement or tenant changes by itself within two weeks.'),
  'time/retiring-model': warning('No model is routed to that its provider retires within 30 days.'),
  'time/leftover': warning(
    'No acknowledgement that ended and no tenant that retired long ago is left in the configuration.',
  ),

  // Security: locked.
  'security/reserved-token': fatal('No text contains @{, which opens a token that the deployer replaces.'),
  'security/secret-value': fatal('No secret stands in a file, also not in a comment.'),
  'security/prod-class': fatal('An environment that is called production is of class prod.'),
  'security/unpinned-image': fatal(
    'A prod environment pins the gateway image by digest, of the version that the project names.',
  ),
  'security/unguarded-prod': fatal('A prod environment has a mandatory guardrail that reads requests and enforces.'),
  'security/weak-thresholds': fatal(
    'Deletions in a prod environment need a quarantine, thresholds that protect and acknowledgements that end.',
  ),
  'security/local-address': fatal('Nothing that a prod environment uses has an address on the local machine.'),
  'security/shared-resource-server': fatal('Each environment has a resource server of its own.'),
} satisfies Readonly<Record<`${string}/${string}`, CodeEntry>>;

export type Code = keyof typeof codes;

/** `security` of `security/secret-value`. */
export function familyOf(code: string): string {
  return code.slice(0, Math.max(0, code.indexOf('/')));
}

/** Where docs/checks.md tells of a code. Other tools link there: it stays what it is. */
export function anchorOf(code: string): string {
  return code.replace('/', '-');
}

export function isCode(code: string): code is Code {
  return Object.hasOwn(codes, code);
}

export function isLocked(code: string): boolean {
  return isCode(code) && 'locked' in codes[code];
}
