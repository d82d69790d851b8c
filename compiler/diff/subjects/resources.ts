import { isObject } from '../../../contract/canonical.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Resource, Resources } from '../../resolve/resources.ts';
import type { Kind } from '../../schema/kinds.ts';
import type { Change } from '../change.ts';
import type { ComparedKind } from '../fields/fields.ts';
import { changesOf, namesOf, resourceSubject, type Sides, type Subject } from '../subject.ts';
import type { Keying } from '../tree.ts';

type ByName = ReadonlyMap<string, Resource<Kind>>;

/** Kinds that are compared as their files say, the same in every environment. */
const compared: readonly { kind: ComparedKind; of: (resources: Resources) => ByName; keyings: readonly Keying[] }[] = [
  { kind: 'project', of: ({ project }) => only(project), keyings: [] },
  {
    kind: 'federation',
    of: ({ federation }) => only(federation),
    keyings: [{ list: 'spec.identityProviders', by: ['name'] }],
  },
  { kind: 'provider', of: ({ providers }) => providers, keyings: [] },
  {
    kind: 'guardrail',
    of: ({ guardrails }) => guardrails,
    keyings: [
      // In the gateway the first pattern that rejects ends the request.
      { list: 'spec.patterns', by: ['name'], order: true },
      { list: 'spec.bedrock.pii', by: ['entity'] },
      { list: 'spec.bedrock.deniedTopics', by: ['name'] },
    ],
  },
  {
    kind: 'price-list',
    of: ({ priceLists }) => priceLists,
    keyings: [
      { list: 'spec.models.*.prices', by: ['effectiveFrom'] },
      { list: 'spec.models.*.prices.*.tiers', by: ['contextOver'] },
      { list: 'spec.discounts', by: ['models', 'from'] },
    ],
  },
];

export function* resourceChanges(sides: Sides): Iterable<Change> {
  for (const { kind, of, keyings } of compared) {
    const before = of(sides.before.resources);
    const after = of(sides.after.resources);
    const subject = (resource: Resource<Kind> | undefined) =>
      resource && prepared(resourceSubject(kind, resource, keyings));
    for (const name of namesOf(before, after)) {
      yield* changesOf(sides, subject(before.get(name)), subject(after.get(name)), sides.environments);
    }
  }
}

/** There is one project and one federation, whatever their names. */
function only(resource: Resource<Kind> | undefined): ByName {
  return new Map(resource === undefined ? [] : [['', resource]]);
}

/** A severity that a project does not set is the code's own, so that setting it can raise or lower it. */
function prepared(subject: Subject): Subject {
  const { tree } = subject;
  if (subject.kind !== 'project' || !isObject(tree) || !isObject(tree['spec'])) return subject;
  const own = Object.entries(codes).map(([code, { severity }]) => [code, severity]);
  const set = tree['spec']['checks'];
  const checks = { ...Object.fromEntries(own), ...(isObject(set) ? set : {}) };
  return { ...subject, tree: { ...tree, spec: { ...tree['spec'], checks } } };
}

const environmentKeyings: readonly Keying[] = [{ list: 'spec.safety.acknowledge', by: ['until'] }];

export function* environmentChanges(sides: Sides): Iterable<Change> {
  const subjectOf = (analysis: Sides['before'], name: string) => {
    const found = analysis.environments.find(({ model }) => model.environment.name === name);
    return found && resourceSubject('environment', found.model.environment, environmentKeyings);
  };
  for (const name of sides.environments) {
    yield* changesOf(sides, subjectOf(sides.before, name), subjectOf(sides.after, name), [name]);
  }
}
