import type { Model, ResolvedProfile } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import { cachedFamily } from '../bedrock.ts';
import type { EnvironmentCheck } from '../check.ts';
import { upstreamsOf } from '../upstreams.ts';

export const routingIdlePromptCaching: EnvironmentCheck = function* ({ model }) {
  if (!model.resources.sound) return;
  const profiles = [...model.profiles.values()];
  for (const { resource } of profiles) {
    const { promptCaching } = resource.spec;
    if (promptCaching === undefined) continue;
    // A profile may have it for those that extend it.
    const users = profiles.filter((profile) => profile.promptCaching === promptCaching);
    if (users.some((profile) => caches(profile, model))) continue;
    yield {
      code: 'routing/idle-prompt-caching',
      message: `promptCaching of profile ${resource.name} does nothing: none of its targets is a Claude or Nova model on Bedrock`,
      at: at(resource, 'spec', 'promptCaching'),
      hint: 'remove it: elsewhere providers cache by themselves, or clients ask for it',
    };
  }
};

function caches({ models }: ResolvedProfile, model: Model): boolean {
  return models
    .flatMap((routed) => upstreamsOf(model, routed))
    .some(({ target, name }) => isOnBedrock(target.provider, model) && isCached(name));
}

function isOnBedrock(provider: string, { resources }: Model): boolean {
  return resources.providers.get(provider)?.spec.type === 'bedrock';
}

/** Which model an application inference profile stands for nobody knows here: the gateway takes each for one that caches. */
function isCached(model: string): boolean {
  return cachedFamily(model) !== undefined || model.includes('application-inference-profile');
}
