import type { Path } from '../../diagnostics/finding.ts';
import { at, type Resource } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

/** A match is logged under the name of its pattern; Bedrock refuses a definition that names one thing twice. */
export const guardrailDuplicatePattern: TreeCheck = function* ({ resources: { guardrails } }) {
  for (const guardrail of guardrails.values()) {
    for (const { what, path, names } of lists(guardrail)) {
      const seen = new Map<string, number>();
      for (const [index, name] of names.entries()) {
        const first = seen.get(name);
        if (first === undefined) {
          seen.set(name, index);
          continue;
        }
        yield {
          code: 'guardrail/duplicate-pattern',
          message: `guardrail ${guardrail.name} has two ${what} ${name}`,
          at: at(guardrail, 'spec', ...path, index),
          hint: 'rename or remove one of them',
          related: [{ message: 'the first', at: at(guardrail, 'spec', ...path, first) }],
        };
      }
    }
  }
};

interface Named {
  readonly what: string;
  readonly path: Path;
  readonly names: readonly string[];
}

function lists({ spec: { patterns, bedrock } }: Resource<'Guardrail'>): readonly Named[] {
  const ofBedrock: Named[] =
    bedrock === undefined
      ? []
      : [
          { what: 'PII entities', path: ['bedrock', 'pii'], names: bedrock.pii.map(({ entity }) => entity) },
          {
            what: 'denied topics named',
            path: ['bedrock', 'deniedTopics'],
            names: bedrock.deniedTopics.map(({ name }) => name),
          },
          { what: 'words or phrases', path: ['bedrock', 'words', 'list'], names: bedrock.words.list },
        ];
  return [{ what: 'patterns named', path: ['patterns'], names: patterns.map(({ name }) => name) }, ...ofBedrock];
}
