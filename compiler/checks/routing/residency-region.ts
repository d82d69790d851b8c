import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** Residencies that name the same part of the world as AWS's own prefixes; other labels are free. */
const residencyOfPrefix: Readonly<Record<string, string>> = { us: 'us', eu: 'eu', ca: 'ca', ap: 'ap', sa: 'sa' };

/** The residency is what tenants rely on; the region is where requests really go. */
export const routingResidencyRegion: TreeCheck = function* ({ resources: { providers } }) {
  const known = new Set(Object.values(residencyOfPrefix));
  for (const provider of providers.values()) {
    const { spec } = provider;
    if (spec.type !== 'bedrock' || !known.has(spec.residency)) continue;
    const actual = residencyOfPrefix[spec.region.slice(0, spec.region.indexOf('-'))];
    if (actual === undefined || actual === spec.residency) continue;
    yield {
      code: 'routing/residency-region',
      message: `provider ${provider.name} says residency ${spec.residency}, but its region ${spec.region} is in ${actual}`,
      at: at(provider, 'spec', 'residency'),
      hint: `write residency: ${actual}, or choose a region in ${spec.residency}`,
      related: [{ message: 'the region', at: at(provider, 'spec', 'region') }],
    };
  }
};
