import { closest, didYouMean } from '../../diagnostics/suggest.ts';
import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { offeredBy } from '../residency.ts';

/** Labels are free words that have to meet: one with a typo keeps a tenant from providers that it counts on. */
export const routingUnknownResidency: TreeCheck = function* ({ resources }) {
  if (!resources.sound) return;
  const offered = offeredBy(resources);
  const wanted = new Set([...resources.tenants.values()].flatMap(({ spec }) => spec.residency ?? []));
  for (const tenant of resources.tenants.values()) {
    for (const [index, label] of (tenant.spec.residency ?? []).entries()) {
      if (offered.has(label)) continue;
      yield {
        code: 'routing/unknown-residency',
        message: `no provider has the residency ${label}, so that it gives tenant ${tenant.name} nothing`,
        at: at(tenant, 'spec', 'residency', index),
        hint: didYouMean(label, offered.keys()) ?? `providers have ${[...offered.keys()].sort().join(', ')}`,
      };
    }
  }
  for (const provider of resources.providers.values()) {
    const label = provider.spec.residency;
    if (wanted.has(label) || offered.get(label) !== 1) continue;
    const meant = [...wanted, ...offered.keys()].find((other) => isSlipOf(label, other));
    if (meant === undefined) continue;
    yield {
      code: 'routing/unknown-residency',
      message: `provider ${provider.name} has the residency ${label}, which no tenant and no other provider names`,
      at: at(provider, 'spec', 'residency'),
      hint: `did you mean ${meant}?`,
    };
  }
};

/** `us` and `eu` are close as words and no slip of each other: short ones have to have the same letters. */
function isSlipOf(label: string, other: string): boolean {
  if (label === other) return false;
  const letters = (word: string) => [...word].sort().join('');
  return label.length < 4 ? letters(label) === letters(other) : closest(label, [other]) !== undefined;
}
