import { milliseconds } from '../../resolve/duration.ts';
import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';
import { fallbacksOf, writtenModels } from '../written-models.ts';

const longestCooldown = 300_000;
const longestBackoff = 10_000;
const longestRequest = 3_600_000;

/** The gateway evicts a target for the cooldown again and again, and for longer each time; its backoff is waited out. */
export const routingLongWait: TreeCheck = function* ({ resources }) {
  for (const profile of resources.profiles.values()) {
    const request = profile.spec.timeouts?.request ?? '1s';
    if (milliseconds(request) <= longestRequest) continue;
    yield {
      code: 'routing/long-wait',
      message: `a request may take ${request}, for all of which it holds a connection: hardly any client still waits`,
      at: at(profile, 'spec', 'timeouts', 'request'),
      hint: 'an hour is more than any answer takes',
    };
  }
  for (const model of writtenModels(resources)) {
    for (const { fallback, at: below } of fallbacksOf(model)) {
      const { cooldown, backoff } = fallback;
      if (milliseconds(cooldown) > longestCooldown) {
        yield {
          code: 'routing/long-wait',
          message: `after one failure a target of ${model.name} is left alone for ${cooldown}, for every tenant, and longer each time it fails again`,
          at: below('cooldown'),
          hint: 'a few seconds are enough: what still fails is put aside again',
        };
      }
      if (milliseconds(backoff) > longestBackoff) {
        yield {
          code: 'routing/long-wait',
          message: `after a failure a request to ${model.name} waits for ${backoff} before it is tried again`,
          at: below('backoff'),
          hint: 'the next target is another one: 50ms are enough',
        };
      }
    }
  }
};
