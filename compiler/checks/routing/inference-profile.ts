import { targetsOf } from '../../resolve/model.ts';
import { upstreamModels } from '../../table/rule.ts';
import { crossRegion, knownPlaces } from '../bedrock.ts';
import type { EnvironmentCheck } from '../check.ts';

/** The region is only where a request begins: the prefix of the model decides where it is processed. */
export const routingInferenceProfile: EnvironmentCheck = function* ({ model }) {
  for (const routed of [...model.profiles.values()].flatMap(({ models }) => models)) {
    for (const target of targetsOf(routed)) {
      const provider = model.resources.providers.get(target.provider);
      if (provider?.spec.type !== 'bedrock' || !knownPlaces.has(provider.spec.residency)) continue;
      const { residency, region } = provider.spec;
      const upstream = upstreamModels(model, routed, target).find((id) => leaves(id, residency));
      if (upstream === undefined) continue;
      const place = crossRegion(upstream)?.place;
      yield {
        code: 'routing/inference-profile',
        message: `${upstream} is processed ${place === undefined ? 'in any Region' : `in ${place}`}, but provider ${provider.name} says residency ${residency}`,
        at: target.origin,
        hint: `take the model as ${region} offers it within ${residency}, or a provider with residency: ${place ?? 'global'}`,
      };
    }
  }
};

function leaves(model: string, residency: string): boolean {
  const crossing = crossRegion(model);
  return crossing !== undefined && crossing.place !== residency;
}
