import type { TestRequest, World } from '../../toolchain/config-tests/engine.ts';
import type { Configuration, Written } from './configuration.ts';

/** A tenant as one environment has it. */
export interface Tenant {
  readonly name: string;
  readonly status: 'active' | 'suspended';
  readonly routing: string;
  readonly residency: readonly string[] | undefined;
  readonly guardrails: readonly string[];
  readonly allow: readonly string[] | undefined;
  readonly deny: readonly string[];
  readonly limits: { readonly requestsPerMinute?: number | undefined; readonly tokensPerDay?: number | undefined };
  readonly budget: NonNullable<Written<'Tenant'>['spec']['budget']>;
}

/** For whom a token acts: an app client for its tenant, whatever it claims; a person for the tenant that is claimed. */
export function actingTenant(configuration: Configuration, day: string, request: TestRequest): Tenant | undefined {
  if (request.credential === 'unknown-client') return undefined;
  const [owner, client] = request.client.split('/');
  const { federation } = configuration;
  const tenants = configuration.tenants.flatMap((written) => inEnvironment(configuration, day, written) ?? []);
  if (federation !== undefined && owner === 'federation' && client === federation.spec.client.name) {
    return tenants.find(({ name }) => name === request.claims[federation.spec.tenantClaim]);
  }
  const written = configuration.tenants.find(({ metadata }) => metadata.name === owner);
  if (!written?.spec.clients?.some(({ name }) => name === client)) return undefined;
  return tenants.find(({ name }) => name === owner);
}

/** undefined: absent, or retired on the day. */
function inEnvironment(
  { environment, tiers }: Configuration,
  day: string,
  { metadata, spec }: Written<'Tenant'>,
): Tenant | undefined {
  const override = spec.environments?.[environment.metadata.name];
  if (override === 'absent') return undefined;
  const tier = tiers.spec[spec.tier]?.defaults;
  const status = override?.status ?? spec.status ?? 'active';
  const retiredOn = override?.retiredOn ?? spec.retiredOn;
  if (status === 'retired' && (retiredOn === undefined || retiredOn <= day)) return undefined;
  const mandatory = environment.spec.guardrails?.mandatory ?? [];
  return {
    name: metadata.name,
    status: status === 'suspended' ? status : 'active',
    routing: override?.routing ?? spec.routing,
    residency: spec.residency,
    guardrails: [...new Set([...mandatory, ...(override?.guardrails ?? spec.guardrails ?? [])])],
    allow: spec.models?.allow,
    deny: spec.models?.deny ?? [],
    limits: { ...tier?.limits, ...spec.limits, ...override?.limits },
    budget: {
      ...tier?.budget,
      ...spec.budget,
      ...override?.budget,
      models: { ...spec.budget?.models, ...override?.budget?.models },
    },
  };
}

/** Whether the environment turns requests away while the budget service is silent, and it is. */
export function unanswered({ environment }: Configuration, { budgetService }: World): boolean {
  const silent = budgetService === 'down' || budgetService === 'slow';
  return silent && environment.spec.budgets !== undefined && environment.spec.budgets.onFailure !== 'allow';
}

/** The status with which the budget service turns a request away; undefined: it does not, or says nothing. */
export function unpaid(
  { environment }: Configuration,
  { budget }: Tenant,
  model: string,
  { budgetService, spent }: World,
): number | undefined {
  if (environment.spec.budgets === undefined || budgetService === 'down' || budgetService === 'slow') return undefined;
  if (typeof budgetService === 'number' && budgetService >= 300) return budgetService;
  if (budget.onExceeded === 'warn') return undefined;
  const usedUp = (amount: string | undefined, used: string | undefined): boolean =>
    amount !== undefined && units(used ?? '0') >= units(amount);
  const ofModel = budget.models?.[model]?.monthlyUsd;
  return usedUp(budget.monthlyUsd, spent.tenantUsd) || usedUp(ofModel, spent.models[model]) ? 402 : undefined;
}

/** A decimal amount of USD in trillionths: exact, whatever its size. */
function units(decimal: string): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(12, '0'));
}
