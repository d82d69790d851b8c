import { at, type Resource, type Resources } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

type Guardrail = Resource<'Guardrail'>;

/** What nobody can leave out should not be left out by a parameter of the request or by an outage either. */
export const guardrailWeakMandatory: TreeCheck = function* ({ resources }) {
  for (const environment of resources.environments.values()) {
    if (environment.spec.class !== 'prod') continue;
    const guardrails = mandatoryOf(environment, resources);
    const streamsAreRead = guardrails.some((guardrail) => answers(guardrail) && guardrail.spec.streaming === 'guard');
    for (const guardrail of guardrails) {
      const { mode, streaming, webhook } = guardrail.spec;
      if (mode !== 'enforce') continue;
      const related = [
        {
          message: `mandatory in ${environment.name}`,
          at: at(environment, 'spec', 'guardrails', 'mandatory'),
        },
      ];
      if (answers(guardrail) && streaming === 'pass' && !streamsAreRead) {
        yield {
          code: 'guardrail/weak-mandatory',
          message: `guardrail ${guardrail.name}, mandatory in a prod environment, does not read streamed answers: a client asks for a stream and is not guarded`,
          at: at(guardrail, 'spec', 'streaming'),
          hint: 'write streaming: guard',
          related,
        };
      }
      if (webhook?.onFailure === 'allow') {
        yield {
          code: 'guardrail/weak-mandatory',
          message: `guardrail ${guardrail.name}, mandatory in a prod environment, lets pass what its webhook does not answer within ${webhook.timeout}`,
          at: at(guardrail, 'spec', 'webhook', 'onFailure'),
          hint: 'write onFailure: reject',
          related,
        };
      }
    }
  }
};

function mandatoryOf(environment: Resource<'Environment'>, { guardrails }: Resources): readonly Guardrail[] {
  return environment.spec.guardrails.mandatory.flatMap((name) => guardrails.get(name) ?? []);
}

function answers({ spec: { mode, phases } }: Guardrail): boolean {
  return mode === 'enforce' && phases.includes('response');
}
