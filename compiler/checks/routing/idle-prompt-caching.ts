import { type Model, type ResolvedProfile, targetsOf } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import { upstreamModels } from '../../table/rule.ts';
import type { EnvironmentCheck } from '../check.ts';

/** What the gateway sets cache points for: Claude but its first versions, Nova, and application inference profiles. */
const cached = /anthropic\.claude(?!-(instant|v1|v2))|amazon\.nova|application-inference-profile/;

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

function caches(profile: ResolvedProfile, model: Model): boolean {
  return profile.models.some((routed) =>
    targetsOf(routed).some(
      (target) =>
        model.resources.providers.get(target.provider)?.spec.type === 'bedrock' &&
        upstreamModels(model, routed, target).some((upstream) => cached.test(upstream)),
    ),
  );
}
