import type { Report } from '../../diagnostics/finding.ts';
import { atKey, type Resource } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const guardrailEmpty: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) yield* emptiness(guardrail);
};

function* emptiness(guardrail: Resource<'Guardrail'>): Iterable<Report> {
  const { patterns, bedrock, webhook } = guardrail.spec;
  if (patterns.length === 0 && bedrock === undefined && webhook === undefined) {
    yield {
      code: 'guardrail/empty',
      message: `guardrail ${guardrail.name} guards nothing: it has no patterns, no bedrock and no webhook`,
      at: atKey(guardrail, 'spec'),
      hint: 'add what it should look for',
    };
  }
  if (bedrock !== undefined && !looksForSomething(bedrock)) {
    yield {
      code: 'guardrail/empty',
      message: `the Bedrock definition of guardrail ${guardrail.name} looks for nothing, and Bedrock takes no such guardrail`,
      at: atKey(guardrail, 'spec', 'bedrock'),
      hint: 'add filters with a strength, PII, topics or words, or remove bedrock',
    };
  }
}

type Bedrock = NonNullable<Resource<'Guardrail'>['spec']['bedrock']>;

function looksForSomething({ contentFilters, pii, deniedTopics, words }: Bedrock): boolean {
  const filters = Object.values(contentFilters).some(({ input, output }) => input !== 'none' || output !== 'none');
  return filters || pii.length > 0 || deniedTopics.length > 0 || words.profanity || words.list.length > 0;
}
