import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** Ports on which agentgateway itself listens: admin, statistics, readiness. */
const reserved = [15_000, 15_020, 15_021];

export const environmentPorts: TreeCheck = function* ({ resources: { environments } }) {
  for (const environment of environments.values()) {
    const { port, opsPort } = environment.spec.gateway;
    for (const field of ['port', 'opsPort'] as const) {
      const number = environment.spec.gateway[field];
      if (!reserved.includes(number)) continue;
      const message = `agentgateway itself listens on ${number} (one of ${reserved.join(', ')})`;
      yield {
        code: 'environment/ports',
        message,
        at: at(environment, 'spec', 'gateway', field),
        hint: 'choose another port',
      };
    }
    if (port === opsPort) {
      const message = `port and opsPort are both ${port}: operators and clients need different ones`;
      yield {
        code: 'environment/ports',
        message,
        at: at(environment, 'spec', 'gateway', 'opsPort'),
        hint: 'choose another port',
      };
    }
  }
};
