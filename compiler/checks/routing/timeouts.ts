import type { Report } from '../../diagnostics/finding.ts';
import { milliseconds } from '../../resolve/duration.ts';
import type { ResolvedProfile } from '../../resolve/model.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';
import { isTooShort } from './short-timeout.ts';

export const routingTimeouts: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    // The defaults leave time.
    const { decidedBy } = profile.timeouts;
    if (decidedBy !== undefined) yield* judge(profile, decidedBy);
  }
};

function* judge(profile: ResolvedProfile, decider: Resource<'RoutingProfile'>): Iterable<Report> {
  const { attempt, request } = profile.timeouts;
  if (isTooShort(request) || isTooShort(attempt)) return; // routing/short-timeout
  const left = milliseconds(request) - milliseconds(attempt);
  if (left > 0 || (left === 0 && !fallsBack(profile))) return;
  const written = decider.spec.timeouts?.attempt !== undefined;
  yield {
    code: 'routing/timeouts',
    message:
      left < 0
        ? `an attempt may take ${attempt}, longer than the whole request (${request}): it would always be cut off`
        : `an attempt may take ${attempt}, as long as the whole request: nothing is left for the other targets of a fallback`,
    at: at(decider, 'spec', 'timeouts', ...(written ? ['attempt'] : [])),
    hint: 'let request be at least attempt, times the number of targets where all should get their chance',
  };
}

function fallsBack({ models }: ResolvedProfile): boolean {
  return models.some(({ cases }) => cases.some(({ branches }) => branches.some(({ targets }) => targets.length > 1)));
}
