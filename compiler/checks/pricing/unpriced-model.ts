import { closest } from '../../diagnostics/suggest.ts';
import type { EnvironmentCheck } from '../check.ts';
import { routedUpstreams } from '../upstreams.ts';

/** Without a price the gateway logs no cost at all, and nobody would notice. */
export const pricingUnpricedModel: EnvironmentCheck = function* ({ model }) {
  const { resources, prices, date } = model;
  if (!resources.sound) return;
  for (const { routed, target, name, row } of routedUpstreams(model)) {
    if (row !== undefined) continue;
    const list = resources.priceLists.get(resources.providers.get(target.provider)?.spec.prices ?? '');
    if (list === undefined) continue; // reference/unknown
    const suggestion = closest(name, prices.pricedModels(target.provider));
    yield {
      code: 'pricing/unpriced-model',
      message: `${routed.name} routes to ${name} of provider ${target.provider}, which has no price on ${date}`,
      at: target.origin,
      hint: `add it to ${list.file}${suggestion === undefined ? '' : `, or did you mean ${suggestion}?`}`,
    };
  }
};
