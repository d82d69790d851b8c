import type { Report } from '../../diagnostics/finding.ts';
import { atKey, type Resource, type Resources } from '../../resolve/resources.ts';
import type { Kind } from '../../schema/kinds.ts';
import { targetsOf } from '../../schema/strategy.ts';
import type { TreeCheck } from '../check.ts';
import { writtenModels } from '../written-models.ts';

export const referenceUnused: TreeCheck = function* ({ resources }) {
  if (!resources.sound) return;
  const { providers, profiles, guardrails, priceLists } = resources;
  yield* unused(providers, usedProviders(resources), 'provider', 'no routing profile has a target on it');
  yield* unused(profiles, usedProfiles(resources), 'routing profile', 'no tenant and no other profile names it');
  yield* unused(guardrails, usedGuardrails(resources), 'guardrail', 'no tenant has it and no environment demands it');
  yield* unused(priceLists, usedPriceLists(resources), 'price list', 'no provider names it');
};

function* unused(
  resources: ReadonlyMap<string, Resource<Kind>>,
  used: ReadonlySet<string>,
  what: string,
  why: string,
): Iterable<Report> {
  for (const resource of resources.values()) {
    if (used.has(resource.name)) continue;
    yield {
      code: 'reference/unused',
      message: `${what} ${resource.name} is not used: ${why}`,
      at: atKey(resource, 'metadata', 'name'),
      hint: 'use it or remove the file',
    };
  }
}

function usedProviders(resources: Resources): Set<string> {
  const used = new Set<string>();
  for (const { spec } of writtenModels(resources)) {
    for (const [, { provider }] of targetsOf(spec)) used.add(provider);
  }
  return used;
}

function usedProfiles({ tenants, profiles }: Resources): Set<string> {
  const used = new Set<string>();
  for (const { spec } of profiles.values()) if (spec.extends !== undefined) used.add(spec.extends);
  for (const { spec } of tenants.values()) {
    used.add(spec.routing);
    for (const override of Object.values(spec.environments)) {
      if (override !== 'absent' && override.routing !== undefined) used.add(override.routing);
    }
  }
  return used;
}

function usedGuardrails({ tenants, environments }: Resources): Set<string> {
  const used = new Set<string>();
  for (const { spec } of environments.values()) for (const name of spec.guardrails.mandatory) used.add(name);
  for (const { spec } of tenants.values()) {
    for (const name of spec.guardrails) used.add(name);
    for (const override of Object.values(spec.environments)) {
      if (override !== 'absent') for (const name of override.guardrails ?? []) used.add(name);
    }
  }
  return used;
}

function usedPriceLists({ providers }: Resources): Set<string> {
  return new Set([...providers.values()].map((provider) => provider.spec.prices));
}
