import { milliseconds } from '../../resolve/duration.ts';
import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const routingTimeouts: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    const { timeouts } = profile.spec;
    if (timeouts?.attempt === undefined || milliseconds(timeouts.attempt) <= milliseconds(timeouts.request)) continue;
    yield {
      code: 'routing/timeouts',
      message: `an attempt may take ${timeouts.attempt}, longer than the whole request (${timeouts.request}): it would always be cut off`,
      at: at(profile, 'spec', 'timeouts', 'attempt'),
      hint: 'let request be at least attempt, times the number of targets where all should get their chance',
    };
  }
};
