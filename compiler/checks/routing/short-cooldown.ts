import type { Report } from '../../diagnostics/finding.ts';
import { milliseconds } from '../../resolve/duration.ts';
import type { ResolvedModel, ResolvedProfile } from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/** A target that failed is tried again when its cooldown is over, also within the same request and before later targets. */
export const routingShortCooldown: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    for (const routed of profile.models) yield* judge(profile, routed);
  }
};

function* judge(profile: ResolvedProfile, routed: ResolvedModel): Iterable<Report> {
  const { attempt, decidedBy } = profile.timeouts;
  const inheritsModel = profile.resource.file !== routed.origin.file;
  // What a profile inherits altogether is told by the profile that it extends.
  if (inheritsModel && decidedBy !== profile.resource) return;
  for (const { branches, origin } of routed.cases) {
    const short = branches.find(
      ({ targets, failover }) =>
        targets.length > 2 && failover !== undefined && milliseconds(failover.cooldown) < milliseconds(attempt),
    );
    if (short === undefined) continue;
    yield {
      code: 'routing/short-cooldown',
      message: `${routed.name} leaves a failed target alone for ${short.failover?.cooldown}, but an attempt may take ${attempt}: when the second target is slow, the first is tried again and the last is not reached`,
      at: inheritsModel ? at(profile.resource, 'spec', 'timeouts') : origin,
      hint: `let cooldown be at least ${attempt}, or shorten timeouts.attempt`,
      ...(inheritsModel ? { related: [{ message: 'the fallback that it inherits', at: origin }] } : {}),
    };
  }
}
