import type { RateName } from '../../../contract/artifacts/cost-table.ts';
import type { PricedRow, ResolvedProfile } from '../../resolve/model.ts';
import { targetsOf } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import { upstreamModels } from '../../table/rule.ts';
import type { EnvironmentCheck } from '../check.ts';

/** Without a rate of their own, cached tokens are priced as input: too dear where read, too cheap where written. */
export const pricingCacheRates: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    if (!caches(profile)) continue;
    for (const routed of profile.models) {
      for (const target of targetsOf(routed)) {
        const provider = model.resources.providers.get(target.provider);
        if (provider?.spec.type !== 'bedrock') continue;
        for (const upstream of upstreamModels(model, routed, target)) {
          const row = model.prices.inForce(target.provider, upstream);
          const missing = row === undefined ? [] : missingRates(upstream, row);
          if (row === undefined || missing.length === 0) continue;
          yield {
            code: 'pricing/cache-rates',
            message: `prompts of ${upstream} are cached, but its price has no ${missing.join(' and no ')} rate: cached tokens would be priced as input`,
            at: { ...row.origin, path: [...row.origin.path, 'rates'] },
            hint: `add ${missing.join(' and ')} from ${row.source}`,
            related: [{ message: 'a profile that caches them', at: at(profile.resource, 'spec') }],
          };
        }
      }
    }
  }
};

function caches({ promptCaching }: ResolvedProfile): boolean {
  return promptCaching !== undefined && (promptCaching.system || promptCaching.messages || promptCaching.tools);
}

/** Cache points are set for these models alone. Nova takes nothing for what it writes. */
function missingRates(model: string, { rates }: PricedRow): readonly RateName[] {
  const claude = model.includes('anthropic.claude') && !/claude-(instant|v[12]\b)/.test(model);
  if (!claude && !model.includes('amazon.nova')) return [];
  const needed: readonly RateName[] = claude ? ['cacheRead', 'cacheWrite'] : ['cacheRead'];
  return needed.filter((name) => rates[name] === undefined);
}
