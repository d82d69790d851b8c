import type { Origin, Path } from '../diagnostics/finding.ts';
import { decide, keysOf, type Layers } from './layers.ts';
import type { ResolvedBudget, ResolvedTenant, TenantStatus } from './model.ts';
import { usdText } from './money.ts';
import type { Resource, Resources } from './resources.ts';

/** A tenant as it is in one environment; undefined where it is absent. */
export function resolveTenant(
  tenant: Resource<'Tenant'>,
  environment: Resource<'Environment'>,
  tiers: Resources['tiers'],
  date: string,
): ResolvedTenant | undefined {
  const override = tenant.spec.environments[environment.name];
  if (override === 'absent') return undefined;
  const layers = layersOf(tenant, environment.name, tiers);
  const own = decide(layers, ['guardrails'])?.value as readonly string[];
  const status = decide(layers, ['status'])?.value as TenantStatus;
  const retiredOn = decide(layers, ['retiredOn'])?.value as string | undefined;
  return {
    name: tenant.name,
    resource: tenant,
    status: status === 'retired' && retiredOn !== undefined && date < retiredOn ? 'active' : status,
    statusAsWritten: status,
    retiredOn,
    tier: tenant.spec.tier,
    routing: decide(layers, ['routing'])?.value as string,
    guardrails: [...new Set([...environment.spec.guardrails.mandatory, ...own])],
    residency: tenant.spec.residency,
    limits: {
      requestsPerMinute: decide(layers, ['limits', 'requestsPerMinute'])?.value as number | undefined,
      tokensPerDay: decide(layers, ['limits', 'tokensPerDay'])?.value as number | undefined,
    },
    budget: resolveBudget(layers),
    origin: (...path: Path): Origin => decide(layers, path)?.origin ?? { file: tenant.file, path: ['spec', ...path] },
  };
}

/** Whether a tenant says something for one environment, at an origin in its file. */
export function isOverride({ path }: Origin): boolean {
  return path[1] === 'environments';
}

function layersOf(tenant: Resource<'Tenant'>, environment: string, tiers: Resources['tiers']): Layers {
  const override = tenant.spec.environments[environment];
  const tier = tiers?.spec[tenant.spec.tier];
  return [
    { file: tenant.file, base: ['spec', 'environments', environment], value: override },
    { file: tenant.file, base: ['spec'], value: tenant.spec },
    { file: tiers?.file ?? '', base: ['spec', tenant.spec.tier, 'defaults'], value: tier?.defaults },
  ];
}

function resolveBudget(layers: Layers): ResolvedBudget {
  const monthly = decide(layers, ['budget', 'monthlyUsd'])?.value as string | undefined;
  const models = keysOf(layers, ['budget', 'models']).map((model): [string, string] => [
    model,
    usdText(decide(layers, ['budget', 'models', model, 'monthlyUsd'])?.value as string),
  ]);
  return {
    monthlyUsd: monthly === undefined ? undefined : usdText(monthly),
    timezone: (decide(layers, ['budget', 'timezone'])?.value as string | undefined) ?? 'UTC',
    alertsAtPercent: (decide(layers, ['budget', 'alertsAtPercent'])?.value as number[] | undefined) ?? [],
    onExceeded: (decide(layers, ['budget', 'onExceeded'])?.value as 'reject' | 'warn' | undefined) ?? 'reject',
    models: new Map(models),
  };
}
