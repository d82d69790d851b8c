import { milliseconds } from '../../resolve/duration.ts';
import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';
import { isTooShort } from '../routing/short-timeout.ts';

/** A connection with TLS takes that long. */
const shortest = 50;

/** The request's time runs through its guards as well: where it ends first, nothing is left of onFailure. */
export const guardrailWebhookTimeout: EnvironmentCheck = function* ({ model, table }) {
  const rules = Object.values(table.data.rules);
  for (const guardrail of model.resources.guardrails.values()) {
    const { webhook } = guardrail.spec;
    if (webhook === undefined) continue;
    if (milliseconds(webhook.timeout) < shortest) {
      yield {
        code: 'guardrail/webhook-timeout',
        message: `the webhook of guardrail ${guardrail.name} has ${webhook.timeout} to answer, which is hardly enough to reach it: onFailure decides about every request`,
        at: at(guardrail, 'spec', 'webhook', 'timeout'),
        hint: `did you mean ${webhook.timeout.replace('ms', 's')}?`,
      };
    }
    const isCut = rules.some(
      ({ guardrails, timeouts: { request } }) =>
        guardrails.includes(guardrail.name) &&
        !isTooShort(request) && // routing/short-timeout
        milliseconds(request) <= milliseconds(webhook.timeout),
    );
    if (!isCut) continue;
    yield {
      code: 'guardrail/webhook-timeout',
      message: `the webhook of guardrail ${guardrail.name} may take ${webhook.timeout}, as long as a whole request that it guards: onFailure never decides`,
      at: at(guardrail, 'spec', 'webhook', 'timeout'),
      hint: 'a guard answers in a second or two: every request waits for it',
    };
  }
};
