import { milliseconds } from '../../resolve/duration.ts';
import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** Hardly any model has begun to answer by then; whole answers take longer. */
export function isTooShort(timeout: string): boolean {
  return milliseconds(timeout) < 1000;
}

export const routingShortTimeout: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    const { timeouts } = profile.spec;
    const field = (['request', 'attempt'] as const).find((name) => isTooShort(timeouts?.[name] ?? '60s'));
    const written = field === undefined ? undefined : timeouts?.[field];
    if (field === undefined || written === undefined) continue;
    yield {
      code: 'routing/short-timeout',
      message: `${field === 'request' ? 'a request' : 'an attempt'} may take ${written}, in which hardly any model answers`,
      at: at(profile, 'spec', 'timeouts', field),
      hint: `did you mean ${written.replace('ms', 's')}?`,
    };
  }
};
