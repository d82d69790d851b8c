import { accessAdminScope } from './access/admin-scope.ts';
import { accessAllowedAndDenied } from './access/allowed-and-denied.ts';
import { accessDenyReachable } from './access/deny-reachable.ts';
import { accessDenyWithoutMatch } from './access/deny-without-match.ts';
import { accessNoModels } from './access/no-models.ts';
import { accessPatternWithoutMatch } from './access/pattern-without-match.ts';
import { attributionClosure } from './attribution/closure.ts';
import { budgetAlerts } from './budget/alerts.ts';
import { budgetModelAboveTenant } from './budget/model-above-tenant.ts';
import { budgetNotEnforced } from './budget/not-enforced.ts';
import { budgetUnknownModel } from './budget/unknown-model.ts';
import type { EnvironmentCheck, TreeCheck } from './check.ts';
import { environmentPorts } from './environment/ports.ts';
import { federationDuplicateProvider } from './federation/duplicate-provider.ts';
import { guardrailBedrockMask } from './guardrail/bedrock-mask.ts';
import { guardrailDetectPhase } from './guardrail/detect-phase.ts';
import { guardrailDetectTopics } from './guardrail/detect-topics.ts';
import { guardrailDetectWebhook } from './guardrail/detect-webhook.ts';
import { guardrailDuplicatePattern } from './guardrail/duplicate-pattern.ts';
import { guardrailEmpty } from './guardrail/empty.ts';
import { guardrailExample } from './guardrail/example.ts';
import { guardrailFrameMatch } from './guardrail/frame-match.ts';
import { guardrailLongPhrase } from './guardrail/long-phrase.ts';
import { guardrailRegex } from './guardrail/regex.ts';
import { guardrailRegexSize } from './guardrail/regex-size.ts';
import { guardrailRetriedRejection } from './guardrail/retried-rejection.ts';
import { guardrailStreamMask } from './guardrail/stream-mask.ts';
import { guardrailUnreadStrength } from './guardrail/unread-strength.ts';
import { guardrailWeakMandatory } from './guardrail/weak-mandatory.ts';
import { guardrailWebhookTimeout } from './guardrail/webhook-timeout.ts';
import { limitsAboveCeiling } from './limits/above-ceiling.ts';
import { limitsNotEnforced } from './limits/not-enforced.ts';
import { limitsTierDefault } from './limits/tier-default.ts';
import { pricingCacheRates } from './pricing/cache-rates.ts';
import { pricingConflict } from './pricing/conflict.ts';
import { pricingDiscount } from './pricing/discount.ts';
import { pricingEffectiveDates } from './pricing/effective-dates.ts';
import { pricingImplausible } from './pricing/implausible.ts';
import { pricingPrecision } from './pricing/precision.ts';
import { pricingTierOrder } from './pricing/tier-order.ts';
import { pricingUnpricedModel } from './pricing/unpriced-model.ts';
import { pricingVerifiedOn } from './pricing/verified-on.ts';
import { projectPromotion } from './project/promotion.ts';
import { projectUnknownCode } from './project/unknown-code.ts';
import { projectUnpromoted } from './project/unpromoted.ts';
import { referenceConfusableName } from './reference/confusable-name.ts';
import { referenceSharedSecret } from './reference/shared-secret.ts';
import { referenceUnknown } from './reference/unknown.ts';
import { referenceUnused } from './reference/unused.ts';
import { routingClientFaultStatus } from './routing/client-fault-status.ts';
import { routingDoubtfulEmbedding } from './routing/doubtful-embedding.ts';
import { routingDroppedAlias } from './routing/dropped-alias.ts';
import { routingEmptyWildcard } from './routing/empty-wildcard.ts';
import { routingIdlePromptCaching } from './routing/idle-prompt-caching.ts';
import { routingImplausibleParameter } from './routing/implausible-parameter.ts';
import { routingInferenceProfile } from './routing/inference-profile.ts';
import { routingLateTarget } from './routing/late-target.ts';
import { routingLongWait } from './routing/long-wait.ts';
import { routingMixedEmbeddings } from './routing/mixed-embeddings.ts';
import { routingNoSurface } from './routing/no-surface.ts';
import { routingOverlappingNames } from './routing/overlapping-names.ts';
import { routingOverriddenDefault } from './routing/overridden-default.ts';
import { routingRepeatedTarget } from './routing/repeated-target.ts';
import { routingReservedParameter } from './routing/reserved-parameter.ts';
import { routingResidencyCase } from './routing/residency-case.ts';
import { routingResidencyFailover } from './routing/residency-failover.ts';
import { routingResidencyRegion } from './routing/residency-region.ts';
import { routingRetiredModel } from './routing/retired-model.ts';
import { routingRetryMismatch } from './routing/retry-mismatch.ts';
import { routingShortCooldown } from './routing/short-cooldown.ts';
import { routingShortTimeout } from './routing/short-timeout.ts';
import { routingStoredResponses } from './routing/stored-responses.ts';
import { routingTimeouts } from './routing/timeouts.ts';
import { routingUncallableModel } from './routing/uncallable-model.ts';
import { routingUnknownResidency } from './routing/unknown-residency.ts';
import { routingUnreachableCase } from './routing/unreachable-case.ts';
import { routingUnreachableTarget } from './routing/unreachable-target.ts';
import { routingWildcard } from './routing/wildcard.ts';
import { securityLocalAddress } from './security/local-address.ts';
import { securityProdClass } from './security/prod-class.ts';
import { securityReservedToken } from './security/reserved-token.ts';
import { securitySharedResourceServer } from './security/shared-resource-server.ts';
import { securityUnguardedProd } from './security/unguarded-prod.ts';
import { securityUnpinnedImage } from './security/unpinned-image.ts';
import { securityWeakThresholds } from './security/weak-thresholds.ts';
import { tenantDuplicateClient } from './tenant/duplicate-client.ts';
import { tenantDuplicateGroup } from './tenant/duplicate-group.ts';
import { tenantFormerName } from './tenant/former-name.ts';
import { tenantGroupsWithoutFederation } from './tenant/groups-without-federation.ts';
import { tenantReservedName } from './tenant/reserved-name.ts';
import { tenantRetiredOn } from './tenant/retired-on.ts';
import { tenantTimezone } from './tenant/timezone.ts';
import { tenantUnreachable } from './tenant/unreachable.ts';
import { timeAhead } from './time/ahead.ts';
import { timeLeftover } from './time/leftover.ts';
import { timeRetiringModel } from './time/retiring-model.ts';
import { yamlAmbiguous } from './yaml/ambiguous.ts';

/** Checks of the whole tree, once. A check is named after the code that it reports: `<family>/<slug>` is its file. */
export const treeChecks = Object.freeze({
  'reference/unknown': referenceUnknown,
  'reference/confusable-name': referenceConfusableName,
  'reference/unused': referenceUnused,
  'reference/shared-secret': referenceSharedSecret,
  'yaml/ambiguous': yamlAmbiguous,
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
  'limits/tier-default': limitsTierDefault,
  'routing/residency-region': routingResidencyRegion,
  'routing/wildcard': routingWildcard,
  'routing/unreachable-case': routingUnreachableCase,
  'routing/unreachable-target': routingUnreachableTarget,
  'routing/repeated-target': routingRepeatedTarget,
  'routing/reserved-parameter': routingReservedParameter,
  'routing/unknown-residency': routingUnknownResidency,
  'routing/residency-failover': routingResidencyFailover,
  'routing/uncallable-model': routingUncallableModel,
  'routing/dropped-alias': routingDroppedAlias,
  'routing/overridden-default': routingOverriddenDefault,
  'routing/short-timeout': routingShortTimeout,
  'routing/client-fault-status': routingClientFaultStatus,
  'routing/long-wait': routingLongWait,
  'routing/implausible-parameter': routingImplausibleParameter,
  'guardrail/empty': guardrailEmpty,
  'guardrail/duplicate-pattern': guardrailDuplicatePattern,
  'guardrail/detect-phase': guardrailDetectPhase,
  'guardrail/detect-webhook': guardrailDetectWebhook,
  'guardrail/regex': guardrailRegex,
  'guardrail/regex-size': guardrailRegexSize,
  'guardrail/example': guardrailExample,
  'guardrail/detect-topics': guardrailDetectTopics,
  'guardrail/bedrock-mask': guardrailBedrockMask,
  'guardrail/stream-mask': guardrailStreamMask,
  'guardrail/unread-strength': guardrailUnreadStrength,
  'guardrail/weak-mandatory': guardrailWeakMandatory,
  'guardrail/long-phrase': guardrailLongPhrase,
  'pricing/effective-dates': pricingEffectiveDates,
  'pricing/conflict': pricingConflict,
  'pricing/discount': pricingDiscount,
  'pricing/tier-order': pricingTierOrder,
  'pricing/implausible': pricingImplausible,
  'security/reserved-token': securityReservedToken,
  'security/prod-class': securityProdClass,
  'security/unpinned-image': securityUnpinnedImage,
  'security/unguarded-prod': securityUnguardedProd,
  'security/local-address': securityLocalAddress,
  'security/shared-resource-server': securitySharedResourceServer,
}) satisfies Readonly<Record<string, TreeCheck>>;

/** Checks of one environment on one day. */
export const environmentChecks = Object.freeze({
  'tenant/retired-on': tenantRetiredOn,
  'tenant/timezone': tenantTimezone,
  'limits/above-ceiling': limitsAboveCeiling,
  'limits/not-enforced': limitsNotEnforced,
  'budget/unknown-model': budgetUnknownModel,
  'budget/model-above-tenant': budgetModelAboveTenant,
  'budget/not-enforced': budgetNotEnforced,
  'budget/alerts': budgetAlerts,
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
  'routing/inference-profile': routingInferenceProfile,
  'routing/stored-responses': routingStoredResponses,
  'routing/idle-prompt-caching': routingIdlePromptCaching,
  'routing/doubtful-embedding': routingDoubtfulEmbedding,
  'routing/mixed-embeddings': routingMixedEmbeddings,
  'routing/late-target': routingLateTarget,
  'guardrail/webhook-timeout': guardrailWebhookTimeout,
  'guardrail/frame-match': guardrailFrameMatch,
  'access/allowed-and-denied': accessAllowedAndDenied,
  'pricing/unpriced-model': pricingUnpricedModel,
  'pricing/precision': pricingPrecision,
  'pricing/cache-rates': pricingCacheRates,
  'pricing/verified-on': pricingVerifiedOn,
  'attribution/closure': attributionClosure,
  'time/ahead': timeAhead,
  'time/retiring-model': timeRetiringModel,
  'time/leftover': timeLeftover,
  'security/weak-thresholds': securityWeakThresholds,
}) satisfies Readonly<Record<string, EnvironmentCheck>>;
