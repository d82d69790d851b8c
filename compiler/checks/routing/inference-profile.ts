import { targetsOf } from '../../resolve/model.ts';
import { upstreamModels } from '../../table/rule.ts';
import type { EnvironmentCheck } from '../check.ts';
import { knownPlaces } from '../places.ts';

/** Where Bedrock's cross-Region inference profiles send requests; undefined: anywhere. */
const places: Readonly<Record<string, string | undefined>> = {
  us: 'us',
  'us-gov': 'us',
  eu: 'eu',
  ca: 'ca',
  apac: 'ap',
  jp: 'ap',
  au: 'ap',
  global: undefined,
};

/** The region is only where a request begins: the prefix of the model decides where it is processed. */
export const routingInferenceProfile: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) {
      for (const target of targetsOf(routed)) {
        const provider = model.resources.providers.get(target.provider);
        if (provider?.spec.type !== 'bedrock' || !knownPlaces.has(provider.spec.residency)) continue;
        const { residency, region } = provider.spec;
        const upstream = upstreamModels(model, routed, target).find((id) => leaves(id, residency));
        if (upstream === undefined) continue;
        const place = places[prefixOf(upstream)];
        yield {
          code: 'routing/inference-profile',
          message: `${upstream} is processed ${place === undefined ? 'in any Region' : `in ${place}`}, but provider ${provider.name} says residency ${residency}`,
          at: target.origin,
          hint: `take the model as ${region} offers it within ${residency}, or a provider with residency: ${place ?? 'global'}`,
        };
      }
    }
  }
};

function prefixOf(model: string): string {
  return model.slice(0, Math.max(0, model.indexOf('.')));
}

function leaves(model: string, residency: string): boolean {
  const prefix = prefixOf(model);
  return Object.hasOwn(places, prefix) && places[prefix] !== residency;
}
