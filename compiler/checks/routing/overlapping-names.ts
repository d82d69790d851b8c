import type { Report } from '../../diagnostics/finding.ts';
import type { ResolvedModel, ResolvedProfile } from '../../resolve/model.ts';
import { isWildcard } from '../../resolve/pattern.ts';
import type { EnvironmentCheck } from '../check.ts';

export const routingOverlappingNames: EnvironmentCheck = function* ({ model }) {
  for (const profile of model.profiles.values()) {
    for (const [intruder, shared] of overlapsOf(profile)) yield report(profile, intruder, shared);
  }
};

interface Shared {
  readonly name: string;
  readonly owner: ResolvedModel;
}

/** Each model that serves names of others, with these. Of a wildcard and a name, the wildcard reaches too far. */
function overlapsOf(profile: ResolvedProfile): ReadonlyMap<ResolvedModel, readonly Shared[]> {
  const owners = new Map<string, ResolvedModel>();
  const overlaps = new Map<ResolvedModel, Shared[]>();
  const namesFirst = [...profile.models].sort((a, b) => Number(isWildcard(a.name)) - Number(isWildcard(b.name)));
  for (const routed of namesFirst) {
    for (const name of routed.publicNames) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, routed);
      // What a profile inherits altogether is told by the profile that it extends.
      else if ([owner, routed].some(({ origin }) => origin.file === profile.resource.file)) {
        overlaps.set(routed, [...(overlaps.get(routed) ?? []), { name, owner }]);
      }
    }
  }
  return overlaps;
}

function report(profile: ResolvedProfile, intruder: ResolvedModel, shared: readonly Shared[]): Report {
  const owners = [...new Set(shared.map(({ owner }) => owner))];
  const [first, ...more] = shared;
  const rest = more.length === 0 ? '' : ` and ${more.length} more`;
  const others = owners.length === 1 ? '' : ` and ${owners.length - 1} others`;
  return {
    code: 'routing/overlapping-names',
    message: `in profile ${profile.name} both ${first?.owner.name}${others} and ${intruder.name} serve the name ${first?.name}${rest}`,
    at: intruder.origin,
    hint: isWildcard(intruder.name) ? 'narrow the wildcard, or rename the others' : 'rename one of them',
    related: owners.map((owner) => ({ message: `${owner.name} also serves it`, at: owner.origin })),
  };
}
