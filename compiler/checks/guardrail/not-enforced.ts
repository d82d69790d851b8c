import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** To be deleted when the gateway config carries them: until then nobody may believe that they hold. */
export const guardrailNotEnforced: TreeCheck = function* ({ resources: { project, guardrails, tenants } }) {
  if (project === undefined || (guardrails.size === 0 && tenants.size === 0)) return;
  yield {
    code: 'guardrail/not-enforced',
    message:
      'guardrails, limits and budgets are compiled into their artifacts, but this version does not yet make the gateway enforce them',
    at: atKey(project, 'spec', 'gatewayVersion'),
    hint: 'do not rely on them in the data plane yet',
  };
};
