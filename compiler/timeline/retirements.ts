import type { AnalysedEnvironment } from '../analysis.ts';
import type { Model } from '../resolve/model.ts';
import { targetsOf } from '../resolve/model.ts';
import { isWildcard, matchesPattern } from '../resolve/pattern.ts';
import { catalogueKey } from '../resolve/prices.ts';
import { atKey } from '../resolve/resources.ts';
import { upstreamModels } from '../table/rule.ts';
import type { Occurrence } from './occurrence.ts';
import type { ReachOf } from './reach.ts';

/** A retired model that is routed to fails validate; a wildcard just no longer stands for it. Others concern nobody. */
export function retirementOccurrences({ model }: AnalysedEnvironment, reachOf: ReachOf): Occurrence[] {
  const seen = new Set<string>();
  return model.prices.rows.flatMap(({ provider, model: upstream, retiresOn, priceList }): Occurrence[] => {
    const list = model.resources.priceLists.get(priceList);
    const id = `${provider} ${upstream}`;
    if (retiresOn === null || list === undefined || seen.has(id)) return [];
    seen.add(id);
    const { tenants } = reachOf(provider, upstream, retiresOn);
    const routes = routesTo(model, provider, upstream);
    // Before its first price no wildcard stands for it: who will be touched is not known yet.
    const begins = !model.prices.current.some((row) => row.provider === provider && row.model === upstream);
    const touched = tenants.length > 0 || begins ? routes.wildcards : [];
    if (routes.named.length + touched.length === 0) return [];
    const fails = routes.named.length > 0;
    const expanded = touched.length === 0 ? '' : `${touched.join(', ')} no longer stands for it`;
    const failure = fails ? `validate fails from this day on while it is routed to by ${routes.named.join(', ')}` : '';
    return [
      {
        on: retiresOn,
        kind: 'model-retires',
        subject: upstream,
        sentence: `${upstream} is retired by its provider: ${[failure, expanded].filter((text) => text !== '').join('; ')}`,
        todo: fails
          ? 'route to a model that is still served before this day'
          : 'tell the tenants, and deploy on this day',
        affects: [...(fails ? (['findings'] as const) : []), ...(expanded === '' ? [] : (['artifacts'] as const))],
        prices: [],
        models: [...routes.named, ...touched.map(() => upstream)]
          .filter((name, index, all) => all.indexOf(name) === index)
          .sort(),
        tenants,
        at: atKey(list, 'spec', 'models', upstream, 'retiresOn'),
      },
    ];
  });
}

interface Routes {
  /** Public models with a target that calls it by its own name. */
  readonly named: readonly string[];
  /** Wildcards that stand for it while it is sold. */
  readonly wildcards: readonly string[];
}

function routesTo(model: Model, priceKey: string, upstream: string): Routes {
  const named = new Set<string>();
  const wildcards = new Set<string>();
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) {
      for (const target of targetsOf(routed)) {
        const provider = model.resources.providers.get(target.provider);
        if (provider === undefined || catalogueKey(provider) !== priceKey) continue;
        const stands = isWildcard(routed.name) && target.model === undefined && matchesPattern(routed.name, upstream);
        if (stands) wildcards.add(routed.name);
        else if (upstreamModels(model, routed, target).includes(upstream)) named.add(routed.name);
      }
    }
  }
  return { named: [...named].sort(), wildcards: [...wildcards].sort() };
}
