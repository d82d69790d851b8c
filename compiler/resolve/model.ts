import type { PriceRow } from '../../contract/artifacts/cost-table.ts';
import type { Json } from '../../contract/canonical.ts';
import type { Origin, Path } from '../diagnostics/finding.ts';
import type { When } from '../schema/strategy.ts';
import type { Resource, Resources } from './resources.ts';

/** One environment on one day, everything decided: what checks, table, emitters and diff read. */
export interface Model {
  readonly environment: Resource<'Environment'>;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly resources: Resources;
  /** Tenants of this environment (also suspended and retired ones) in order of name. */
  readonly tenants: readonly ResolvedTenant[];
  /** Every profile, by name. */
  readonly profiles: ReadonlyMap<string, ResolvedProfile>;
  readonly prices: Prices;
}

export type TenantStatus = 'active' | 'suspended' | 'retired';

export interface ResolvedTenant {
  readonly name: string;
  readonly resource: Resource<'Tenant'>;
  /** On the model's date: a tenant whose retirement lies ahead is still active. */
  readonly status: TenantStatus;
  readonly statusAsWritten: TenantStatus;
  readonly retiredOn: string | undefined;
  readonly tier: string;
  readonly routing: string;
  /** Mandatory ones of the environment first, each once. */
  readonly guardrails: readonly string[];
  readonly residency: readonly string[] | undefined;
  readonly limits: { readonly requestsPerMinute: number | undefined; readonly tokensPerDay: number | undefined };
  readonly budget: ResolvedBudget;
  /** The place that decided a value, named by its path below `spec`, such as `['limits', 'requestsPerMinute']`. */
  origin(...path: Path): Origin;
}

/** Amounts in USD with two decimals. */
export interface ResolvedBudget {
  readonly monthlyUsd: string | undefined;
  readonly timezone: string;
  readonly alertsAtPercent: readonly number[];
  readonly onExceeded: 'reject' | 'warn';
  readonly models: ReadonlyMap<string, string>;
}

export interface ResolvedProfile {
  readonly name: string;
  readonly resource: Resource<'RoutingProfile'>;
  readonly timeouts: {
    readonly request: string;
    readonly attempt: string;
    /** The nearest profile that names timeouts; undefined: the defaults hold. */
    readonly decidedBy: Resource<'RoutingProfile'> | undefined;
  };
  readonly promptCaching:
    | { readonly system: boolean; readonly messages: boolean; readonly tools: boolean; readonly minTokens: number }
    | undefined;
  /** Own and inherited models in order of name. */
  readonly models: readonly ResolvedModel[];
}

export interface ResolvedModel {
  /** Public model or wildcard, as written. */
  readonly name: string;
  readonly origin: Origin;
  /** Everything a client may send for it: the name and its aliases, or what the wildcard expands to. Sorted. */
  readonly publicNames: readonly string[];
  readonly parameters: {
    readonly defaults: Readonly<Record<string, Json>>;
    readonly overrides: Readonly<Record<string, Json>>;
  };
  /** Tried in order; only the last has no condition. */
  readonly cases: readonly ResolvedCase[];
}

export interface ResolvedCase {
  readonly when: When | undefined;
  readonly branches: readonly ResolvedBranch[];
  /** Where the case stands; of a model without conditions, the model. */
  readonly origin: Origin;
}

/** Single is one branch with one target, fallback one branch with several. */
export interface ResolvedBranch {
  readonly weight: number;
  readonly targets: readonly ResolvedTarget[];
  readonly failover: Failover | undefined;
}

export interface ResolvedTarget {
  readonly provider: string;
  /** undefined: the client's name goes upstream. */
  readonly model: string | undefined;
  readonly origin: Origin;
}

export interface Failover {
  readonly statuses: readonly number[];
  /** undefined: one less than there are targets. */
  readonly retries: number | undefined;
  readonly backoff: string;
  readonly cooldown: string;
}

/** What resolved models and the rules made of them have in common. */
interface Routed<T> {
  readonly cases: readonly { readonly branches: readonly { readonly targets: readonly T[] }[] }[];
}

/** In the order in which they are written. */
export function targetsOf<T>({ cases }: Routed<T>): readonly T[] {
  return cases.flatMap(({ branches }) => branches.flatMap(({ targets }) => targets));
}

/** The model id with which a target's provider is always called; undefined: with what the client sends. */
export function fixedUpstream(
  { providers }: Pick<Resources, 'providers'>,
  { provider, model }: { readonly provider: string; readonly model?: string | null | undefined },
): string | undefined {
  const spec = providers.get(provider)?.spec;
  return model ?? (spec?.type === 'azure' ? spec.deployment : undefined);
}

export interface Prices {
  /** Rows of every price list that a provider uses, discounts applied, sorted by provider, model and day. */
  readonly rows: readonly PricedRow[];
  /** Those in force on the model's date. */
  readonly current: readonly PricedRow[];
  /** The row in force on the model's date. */
  inForce(provider: string, upstreamModel: string): PricedRow | undefined;
  /** Upstream models of a provider resource with a price in force, sorted; without those that were retired. */
  pricedModels(provider: string): readonly string[];
}

export interface PricedRow extends PriceRow {
  readonly origin: Origin;
}
