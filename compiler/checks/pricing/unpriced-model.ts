import { closest } from '../../diagnostics/suggest.ts';
import { targetsOf } from '../../resolve/model.ts';
import { upstreamModels } from '../../table/rule.ts';
import type { EnvironmentCheck } from '../check.ts';

/** Without a price the gateway logs no cost at all, and nobody would notice. */
export const pricingUnpricedModel: EnvironmentCheck = function* ({ model }) {
  if (!model.resources.sound) return;
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) {
      for (const target of targetsOf(routed)) {
        const provider = model.resources.providers.get(target.provider);
        const list = provider && model.resources.priceLists.get(provider.spec.prices);
        if (list === undefined) continue; // reference/unknown
        for (const upstream of upstreamModels(model, routed, target)) {
          if (model.prices.inForce(target.provider, upstream) !== undefined) continue;
          const suggestion = closest(upstream, model.prices.pricedModels(target.provider));
          yield {
            code: 'pricing/unpriced-model',
            message: `${routed.name} routes to ${upstream} of provider ${target.provider}, which has no price on ${model.date}`,
            at: target.origin,
            hint:
              suggestion === undefined
                ? `add it to ${list.file}`
                : `add it to ${list.file}, or did you mean ${suggestion}?`,
          };
        }
      }
    }
  }
};
