import { at, atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** What a tenant lists it can drop from its own list: only the environment's guardrails hold for everybody. */
export const securityUnguardedProd: TreeCheck = function* ({ resources: { environments, guardrails } }) {
  for (const environment of environments.values()) {
    if (environment.spec.class !== 'prod') continue;
    const { mandatory } = environment.spec.guardrails;
    if (mandatory.length === 0) {
      yield {
        code: 'security/unguarded-prod',
        message: `environment ${environment.name} is of class prod, but has no mandatory guardrail: what stands before a model would be each tenant's choice`,
        at: atKey(environment, 'spec'),
        hint: 'add guardrails: {mandatory: [NAME]}',
      };
      continue;
    }
    // Of a name that no guardrail has, reference/unknown speaks.
    const enforcing = mandatory.map((name) => guardrails.get(name)?.spec).filter((spec) => spec?.mode !== 'detect');
    if (enforcing.some((spec) => spec === undefined || spec.phases.includes('request'))) continue;
    const fault =
      enforcing.length === 0
        ? 'only detect: nothing is ever refused'
        : 'read answers only: every prompt goes out unread';
    yield {
      code: 'security/unguarded-prod',
      message: `environment ${environment.name} is of class prod, but its mandatory guardrails ${fault}`,
      at: at(environment, 'spec', 'guardrails', 'mandatory'),
      hint: `add one with mode: enforce${enforcing.length === 0 ? '' : ' and the request phase'}`,
    };
  }
};
