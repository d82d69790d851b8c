import type { Report } from '../../diagnostics/finding.ts';
import { toUnits, usdText } from '../../resolve/money.ts';
import { at, atKey, type Resource, type Resources } from '../../resolve/resources.ts';
import type { Spec } from '../../schema/kinds.ts';
import type { TreeCheck } from '../check.ts';

type Tiers = Resource<'Tiers'>;
type Values = Spec<'Tiers'>[string]['defaults'];

interface Field {
  readonly path: readonly ['limits' | 'budget', string];
  /** As text, and as a number that compares. */
  of(values: Pick<Values, 'limits' | 'budget'>): readonly [text: string, size: bigint] | undefined;
}

const fields: readonly Field[] = [
  ...(['requestsPerMinute', 'tokensPerDay'] as const).map(
    (name): Field => ({
      path: ['limits', name],
      of: ({ limits }) => {
        const limit = limits[name];
        return limit === undefined ? undefined : [String(limit), BigInt(limit)];
      },
    }),
  ),
  {
    path: ['budget', 'monthlyUsd'],
    of: ({ budget: { monthlyUsd } }) =>
      monthlyUsd === undefined ? undefined : [usdText(monthlyUsd), toUnits(monthlyUsd)],
  },
];

/** What a tier itself gets wrong is said once, at the tier, and not at each of its tenants. */
export const limitsTierDefault: TreeCheck = function* ({ resources }) {
  const { tiers } = resources;
  if (tiers === undefined) return;
  for (const [name, { defaults, ceilings }] of Object.entries(tiers.spec)) {
    for (const field of fields) {
      const ceiling = field.of(ceilings);
      const given = field.of(defaults);
      if (ceiling === undefined) continue;
      if (given === undefined) {
        const tenant = tenantWithout(resources, name, field);
        if (tenant !== undefined) yield withoutDefault(tiers, name, field, tenant);
      } else if (given[1] > ceiling[1]) yield above(tiers, name, field, given[0], ceiling[0]);
    }
  }
};

function above(tiers: Tiers, tier: string, { path }: Field, value: string, ceiling: string): Report {
  return {
    code: 'limits/tier-default',
    message: `tier ${tier} gives its tenants ${path.join('.')} ${value}, above its own ceiling ${ceiling}`,
    at: at(tiers, 'spec', tier, 'defaults', ...path),
    hint: `stay within ${ceiling}, or raise the ceiling`,
    related: [{ message: 'the ceiling', at: at(tiers, 'spec', tier, 'ceilings', ...path) }],
  };
}

function withoutDefault(tiers: Tiers, tier: string, { path }: Field, tenant: Resource<'Tenant'>): Report {
  return {
    code: 'limits/tier-default',
    message: `tier ${tier} has a ceiling for ${path.join('.')} but no default: tenants that name none, such as ${tenant.name}, would be without limit`,
    at: atKey(tiers, 'spec', tier, 'ceilings', ...path),
    hint: 'add a default within the ceiling',
    related: [{ message: 'a tenant that names none', at: atKey(tenant, 'spec') }],
  };
}

/** The first tenant that somewhere takes what its tier gives. */
function tenantWithout(
  { tenants, environments }: Resources,
  tier: string,
  field: Field,
): Resource<'Tenant'> | undefined {
  for (const tenant of tenants.values()) {
    if (tenant.spec.tier !== tier || field.of(tenant.spec) !== undefined) continue;
    for (const environment of environments.keys()) {
      const override = tenant.spec.environments[environment];
      if (override === 'absent') continue;
      if (field.of({ limits: override?.limits ?? {}, budget: override?.budget ?? {} }) === undefined) return tenant;
    }
  }
  return undefined;
}
