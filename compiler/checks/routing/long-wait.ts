import { milliseconds } from '../../resolve/duration.ts';
import { at } from '../../resolve/resources.ts';
import { branchesOf } from '../../schema/strategy.ts';
import type { TreeCheck } from '../check.ts';

/** The gateway evicts a target for the cooldown again and again, and for longer each time; its backoff is waited out. */
const longest = { cooldown: 300_000, backoff: 10_000 } as const;

export const routingLongWait: TreeCheck = function* ({ resources: { profiles } }) {
  for (const profile of profiles.values()) {
    for (const [name, model] of Object.entries(profile.spec.models)) {
      for (const { path, fallback } of branchesOf(model)) {
        for (const field of ['cooldown', 'backoff'] as const) {
          if (fallback === undefined || milliseconds(fallback[field]) <= longest[field]) continue;
          yield {
            code: 'routing/long-wait',
            message:
              field === 'cooldown'
                ? `after one failure a target of ${name} is left alone for ${fallback.cooldown}, for every tenant, and longer each time it fails again`
                : `after a failure a request to ${name} waits for ${fallback.backoff} before it is tried again`,
            at: at(profile, 'spec', 'models', name, ...path, 'fallback', field),
            hint: field === 'cooldown' ? 'a few seconds are enough: what still fails is put aside again' : backoffHint,
          };
        }
      }
    }
  }
};

const backoffHint = 'the next target is another one: 50ms are enough';
