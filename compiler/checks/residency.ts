import type { Resources } from '../resolve/resources.ts';
import type { TargetSpec } from '../schema/strategy.ts';

/** Whether residency leaves a target. */
export function liesWithin(
  { provider }: TargetSpec,
  residency: readonly string[],
  { providers }: Pick<Resources, 'providers'>,
): boolean {
  return residency.includes(providers.get(provider)?.spec.residency ?? '');
}

/** How many providers have each label. */
export function offeredBy({ providers }: Resources): ReadonlyMap<string, number> {
  const offered = new Map<string, number>();
  for (const { spec } of providers.values()) offered.set(spec.residency, (offered.get(spec.residency) ?? 0) + 1);
  return offered;
}
