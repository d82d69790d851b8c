import { accessAdminScope } from './access/admin-scope.ts';
import { accessDenyReachable } from './access/deny-reachable.ts';
import { accessDenyWithoutMatch } from './access/deny-without-match.ts';
import { accessNoModels } from './access/no-models.ts';
import { accessPatternWithoutMatch } from './access/pattern-without-match.ts';
import { budgetModelAboveTenant } from './budget/model-above-tenant.ts';
import { budgetNotEnforced } from './budget/not-enforced.ts';
import { budgetUnknownModel } from './budget/unknown-model.ts';
import type { EnvironmentCheck, TreeCheck } from './check.ts';
import { environmentPorts } from './environment/ports.ts';
import { federationDuplicateProvider } from './federation/duplicate-provider.ts';
import { guardrailDetectPhase } from './guardrail/detect-phase.ts';
import { guardrailDetectWebhook } from './guardrail/detect-webhook.ts';
import { guardrailDuplicatePattern } from './guardrail/duplicate-pattern.ts';
import { guardrailEmpty } from './guardrail/empty.ts';
import { guardrailExample } from './guardrail/example.ts';
import { guardrailRegex } from './guardrail/regex.ts';
import { guardrailRegexSize } from './guardrail/regex-size.ts';
import { guardrailRetriedRejection } from './guardrail/retried-rejection.ts';
import { limitsAboveCeiling } from './limits/above-ceiling.ts';
import { limitsLocalCapacity } from './limits/local-capacity.ts';
import { limitsNotEnforced } from './limits/not-enforced.ts';
import { pricingConflict } from './pricing/conflict.ts';
import { pricingDiscount } from './pricing/discount.ts';
import { pricingEffectiveDates } from './pricing/effective-dates.ts';
import { pricingPrecision } from './pricing/precision.ts';
import { pricingTierOrder } from './pricing/tier-order.ts';
import { pricingUnpricedModel } from './pricing/unpriced-model.ts';
import { projectPromotion } from './project/promotion.ts';
import { projectUnknownCode } from './project/unknown-code.ts';
import { projectUnpromoted } from './project/unpromoted.ts';
import { referenceUnknown } from './reference/unknown.ts';
import { referenceUnused } from './reference/unused.ts';
import { routingEmptyWildcard } from './routing/empty-wildcard.ts';
import { routingNoSurface } from './routing/no-surface.ts';
import { routingOverlappingNames } from './routing/overlapping-names.ts';
import { routingRepeatedTarget } from './routing/repeated-target.ts';
import { routingReservedParameter } from './routing/reserved-parameter.ts';
import { routingResidencyCase } from './routing/residency-case.ts';
import { routingResidencyRegion } from './routing/residency-region.ts';
import { routingRetiredModel } from './routing/retired-model.ts';
import { routingRetryMismatch } from './routing/retry-mismatch.ts';
import { routingShortCooldown } from './routing/short-cooldown.ts';
import { routingTimeouts } from './routing/timeouts.ts';
import { routingUnreachableCase } from './routing/unreachable-case.ts';
import { routingUnreachableTarget } from './routing/unreachable-target.ts';
import { routingWildcard } from './routing/wildcard.ts';
import { securityReservedToken } from './security/reserved-token.ts';
import { securityUnpinnedImage } from './security/unpinned-image.ts';
import { tenantDuplicateClient } from './tenant/duplicate-client.ts';
import { tenantDuplicateGroup } from './tenant/duplicate-group.ts';
import { tenantFormerName } from './tenant/former-name.ts';
import { tenantGroupsWithoutFederation } from './tenant/groups-without-federation.ts';
import { tenantReservedName } from './tenant/reserved-name.ts';
import { tenantRetiredOn } from './tenant/retired-on.ts';
import { tenantTimezone } from './tenant/timezone.ts';
import { tenantUnreachable } from './tenant/unreachable.ts';

/** Checks of the whole tree, once. A check is named after the code that it reports: `<family>/<slug>` is its file. */
export const treeChecks = Object.freeze({
  'reference/unknown': referenceUnknown,
  'reference/unused': referenceUnused,
  'project/unknown-code': projectUnknownCode,
  'project/promotion': projectPromotion,
  'project/unpromoted': projectUnpromoted,
  'environment/ports': environmentPorts,
  'tenant/reserved-name': tenantReservedName,
  'tenant/former-name': tenantFormerName,
  'tenant/duplicate-client': tenantDuplicateClient,
  'tenant/duplicate-group': tenantDuplicateGroup,
  'tenant/groups-without-federation': tenantGroupsWithoutFederation,
  'tenant/unreachable': tenantUnreachable,
  'federation/duplicate-provider': federationDuplicateProvider,
  'routing/residency-region': routingResidencyRegion,
  'routing/wildcard': routingWildcard,
  'routing/unreachable-case': routingUnreachableCase,
  'routing/unreachable-target': routingUnreachableTarget,
  'routing/repeated-target': routingRepeatedTarget,
  'routing/reserved-parameter': routingReservedParameter,
  'guardrail/empty': guardrailEmpty,
  'guardrail/duplicate-pattern': guardrailDuplicatePattern,
  'guardrail/detect-phase': guardrailDetectPhase,
  'guardrail/detect-webhook': guardrailDetectWebhook,
  'guardrail/regex': guardrailRegex,
  'guardrail/regex-size': guardrailRegexSize,
  'guardrail/example': guardrailExample,
  'pricing/effective-dates': pricingEffectiveDates,
  'pricing/conflict': pricingConflict,
  'pricing/discount': pricingDiscount,
  'pricing/tier-order': pricingTierOrder,
  'security/reserved-token': securityReservedToken,
  'security/unpinned-image': securityUnpinnedImage,
}) satisfies Readonly<Record<string, TreeCheck>>;

/** Checks of one environment on one day. */
export const environmentChecks = Object.freeze({
  'tenant/retired-on': tenantRetiredOn,
  'tenant/timezone': tenantTimezone,
  'limits/above-ceiling': limitsAboveCeiling,
  'limits/local-capacity': limitsLocalCapacity,
  'limits/not-enforced': limitsNotEnforced,
  'budget/unknown-model': budgetUnknownModel,
  'budget/model-above-tenant': budgetModelAboveTenant,
  'budget/not-enforced': budgetNotEnforced,
  'access/admin-scope': accessAdminScope,
  'access/no-models': accessNoModels,
  'access/pattern-without-match': accessPatternWithoutMatch,
  'access/deny-without-match': accessDenyWithoutMatch,
  'access/deny-reachable': accessDenyReachable,
  'routing/overlapping-names': routingOverlappingNames,
  'routing/empty-wildcard': routingEmptyWildcard,
  'routing/timeouts': routingTimeouts,
  'routing/residency-case': routingResidencyCase,
  'routing/retry-mismatch': routingRetryMismatch,
  'routing/short-cooldown': routingShortCooldown,
  'guardrail/retried-rejection': guardrailRetriedRejection,
  'routing/no-surface': routingNoSurface,
  'routing/retired-model': routingRetiredModel,
  'pricing/unpriced-model': pricingUnpricedModel,
  'pricing/precision': pricingPrecision,
}) satisfies Readonly<Record<string, EnvironmentCheck>>;
