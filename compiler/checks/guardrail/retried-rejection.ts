import { at } from '../../resolve/resources.ts';
import type { EnvironmentCheck } from '../check.ts';

/** To the gateway the rejection of an answer is the answer: a status that is retried would buy the same answer again. */
export const guardrailRetriedRejection: EnvironmentCheck = function* ({ model, table }) {
  for (const guardrail of model.resources.guardrails.values()) {
    const { mode, phases, patterns, bedrock, rejection } = guardrail.spec;
    const rejects = bedrock !== undefined || patterns.some(({ action }) => action === 'reject');
    if (mode !== 'enforce' || !phases.includes('response') || !rejects) continue;
    const isRetried = Object.values(table.data.rules).some(
      ({ guardrails, cases }) =>
        guardrails.includes(guardrail.name) && cases.some(({ retry }) => retry?.statuses.includes(rejection.status)),
    );
    if (!isRetried) continue;
    yield {
      code: 'guardrail/retried-rejection',
      message: `guardrail ${guardrail.name} rejects answers with ${rejection.status}, after which fallbacks under it try their next target: each try is paid for`,
      at: at(guardrail, 'spec', 'rejection', 'status'),
      hint: 'reject with a status that no fallback lists, such as 403',
    };
  }
};
