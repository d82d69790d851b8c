import { at, type Resource } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { knownPlaces, placeOfRegion } from '../places.ts';

/** The residency is what tenants rely on; the region is where requests really go. */
export const routingResidencyRegion: TreeCheck = function* ({ resources: { providers } }) {
  for (const provider of providers.values()) {
    const { spec } = provider;
    if ((spec.type !== 'bedrock' && spec.type !== 'vertex') || !knownPlaces.has(spec.residency)) continue;
    const actual = placeOf(spec);
    if (actual === spec.residency) continue;
    const reality =
      actual === undefined
        ? 'its region global lets Google process requests anywhere'
        : `its region ${spec.region} is in ${actual}`;
    yield {
      code: 'routing/residency-region',
      message: `provider ${provider.name} says residency ${spec.residency}, but ${reality}`,
      at: at(provider, 'spec', 'residency'),
      hint: `write residency: ${actual ?? 'global'}, or choose a region in ${spec.residency}`,
      related: [{ message: 'the region', at: at(provider, 'spec', 'region') }],
    };
  }
};

/** Google's names for what AWS calls otherwise. */
const placeOfGoogle: Readonly<Record<string, string>> = {
  europe: 'eu',
  northamerica: 'ca',
  southamerica: 'sa',
  asia: 'ap',
  australia: 'ap',
};

/** undefined: anywhere. */
function placeOf(spec: Extract<Resource<'Provider'>['spec'], { readonly region: string }>): string | undefined {
  const prefix = placeOfRegion(spec.region);
  if (spec.type === 'bedrock') return prefix;
  return prefix === 'global' ? undefined : (placeOfGoogle[prefix] ?? prefix);
}
