import type { RateName } from '../../../contract/artifacts/cost-table.ts';
import type { PricedRow, ResolvedProfile } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import { cachedFamily } from '../bedrock.ts';
import type { EnvironmentCheck } from '../check.ts';
import { upstreamsOf } from '../upstreams.ts';

/** Without a rate of their own, cached tokens are priced as input: too dear where read, too cheap where written. */
export const pricingCacheRates: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    if (!caches(profile)) continue;
    for (const { target, name, row } of profile.models.flatMap((routed) => upstreamsOf(model, routed))) {
      if (row === undefined || model.resources.providers.get(target.provider)?.spec.type !== 'bedrock') continue;
      const missing = missingRates(name, row);
      if (missing.length === 0) continue;
      yield {
        code: 'pricing/cache-rates',
        message: `prompts of ${name} are cached, but its price has no ${missing.join(' and no ')} rate: cached tokens would be priced as input`,
        at: { ...row.origin, path: [...row.origin.path, 'rates'] },
        hint: `add ${missing.join(' and ')} from ${row.source}`,
        related: [{ message: 'a profile that caches them', at: at(profile.resource, 'spec') }],
      };
    }
  }
};

function caches({ promptCaching }: ResolvedProfile): boolean {
  return promptCaching !== undefined && (promptCaching.system || promptCaching.messages || promptCaching.tools);
}

/** Nova takes nothing for what it writes. */
const needed = { claude: ['cacheRead', 'cacheWrite'], nova: ['cacheRead'] } as const satisfies Readonly<
  Record<string, readonly RateName[]>
>;

function missingRates(model: string, { rates }: PricedRow): readonly RateName[] {
  const family = cachedFamily(model);
  return family === undefined ? [] : needed[family].filter((name) => rates[name] === undefined);
}
