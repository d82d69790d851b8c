import type { Resources } from '../../compiler/resolve/resources.ts';
import { apiVersion } from '../../contract/vocabulary.ts';
import type { NewFile } from './serialise.ts';

/** What a new tenant is asked for. Everything else has a default that its file need not repeat. */
export interface TenantAnswers {
  readonly name: string;
  readonly displayName: string;
  readonly owners: readonly string[];
  readonly costCenter: string;
  readonly orgUnit?: string;
  readonly tier: string;
  readonly routing: string;
  readonly guardrails: readonly string[];
  readonly residency: readonly string[];
  readonly clients: readonly string[];
  readonly groups: readonly string[];
  readonly monthlyUsd?: string;
}

/** What a configuration has to choose from, and what is taken in it. */
export interface Choices {
  readonly tiers: readonly string[];
  readonly profiles: readonly string[];
  readonly guardrails: readonly string[];
  /** Guardrails that hold for everybody somewhere, with the environments. */
  readonly mandatory: readonly (readonly [guardrail: string, environments: readonly string[]])[];
  /** Names of tenants, with their files. */
  readonly tenants: ReadonlyMap<string, string>;
}

export function choicesOf({ tiers, profiles, guardrails, environments, tenants }: Resources): Choices {
  const demanded = new Map<string, string[]>();
  for (const { name, spec } of environments.values()) {
    for (const guardrail of spec.guardrails.mandatory) {
      demanded.set(guardrail, [...(demanded.get(guardrail) ?? []), name].sort());
    }
  }
  return {
    tiers: Object.keys(tiers?.spec ?? {}),
    profiles: [...profiles.keys()].sort(),
    guardrails: [...guardrails.keys()].sort(),
    mandatory: [...demanded].sort(([a], [b]) => (a < b ? -1 : 1)),
    tenants: new Map([...tenants].map(([name, { file }]) => [name, file])),
  };
}

/** `folder` is below tenants/; '' for none. */
export function tenantFile(answers: TenantAnswers, folder: string): NewFile {
  const { name, displayName, owners, costCenter, orgUnit, tier, routing } = answers;
  const { guardrails, residency, clients, groups, monthlyUsd } = answers;
  const value = {
    apiVersion,
    kind: 'Tenant',
    metadata: { name, displayName, owners, costCenter, ...(orgUnit === undefined ? {} : { orgUnit }) },
    spec: {
      tier,
      ...given({ residency }),
      routing,
      ...given({ guardrails }),
      ...given({ clients: clients.map((client) => ({ name: client })) }),
      ...given({ groups }),
      ...(monthlyUsd === undefined ? {} : { budget: { monthlyUsd } }),
    },
  };
  return { path: ['tenants', ...folder.split('/').filter(Boolean), `${name}.yaml`].join('/'), value };
}

/** A list that is empty is not written. */
function given(lists: Readonly<Record<string, readonly unknown[]>>): Record<string, readonly unknown[]> {
  return Object.fromEntries(Object.entries(lists).filter(([, items]) => items.length > 0));
}

/** The one that a new configuration begins with. */
export const firstTenant: TenantAnswers = {
  name: 'first-team',
  displayName: 'First Team',
  owners: ['first-team@example.com'],
  costCenter: 'CC-0001',
  tier: 'sandbox',
  routing: 'base',
  guardrails: [],
  residency: [],
  clients: ['default'],
  groups: [],
};
